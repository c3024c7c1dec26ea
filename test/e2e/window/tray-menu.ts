import type { ElectronApplication } from '@playwright/test';
import type { Menu, MessageBoxOptions } from 'electron';
import { expect } from '../fixtures';

/** What the main process did outside of the window, kept by stand-ins for what a test cannot look at. */
interface Kept {
  trayMenu: Menu | null;
  tip: string;
  /** Size of the icon that was set last, in pixels of a plain screen. */
  icon: string;
  browsed: string[];
  asked: string[];
  /** The button that the stand-in for a question presses. */
  answer: number;
  told: { title: string; body: string; click(): void }[];
}

export interface TrayTest {
  /** Each item by its path: `web (port 8080) > Logs`. What cannot be chosen is in parentheses. */
  paths(): Promise<string[]>;
  /** Waits for an item and chooses it. */
  choose(path: string): Promise<void>;
  answer(button: number): Promise<void>;
  kept(): Promise<{
    browsed: string[];
    asked: string[];
    tip: string;
    icon: string;
    told: string[];
    clipboard: string;
  }>;
  clickNotification(title: string): Promise<void>;
}

/**
 * Looks into the tray of Gantry's main process. The browser, the desktop's notifications and its questions are
 * stand-ins that remember; the tray and its menu are Electron's own.
 */
export async function followTray(main: ElectronApplication): Promise<TrayTest> {
  await main.evaluate(({ Tray, Notification, dialog, shell }) => {
    const kept: Kept = { trayMenu: null, tip: '', icon: '', browsed: [], asked: [], answer: 0, told: [] };
    Object.assign(globalThis, { kept });
    const { setContextMenu, setToolTip, setImage } = Tray.prototype;
    Tray.prototype.setContextMenu = function (menu) {
      kept.trayMenu = menu;
      setContextMenu.call(this, menu);
    };
    Tray.prototype.setToolTip = function (tip) {
      kept.tip = tip;
      setToolTip.call(this, tip);
    };
    Tray.prototype.setImage = function (image) {
      if (typeof image !== 'string') kept.icon = `${image.getSize().width}x${image.getSize().height}`;
      setImage.call(this, image);
    };
    shell.openExternal = async (url) => {
      kept.browsed.push(url);
    };
    const ask = async (options: unknown) => {
      kept.asked.push((options as MessageBoxOptions).message);
      return { response: kept.answer, checkboxChecked: false };
    };
    dialog.showMessageBox = ask;
    Notification.isSupported = () => true;
    Notification.prototype.show = function () {
      kept.told.push({ title: this.title, body: this.body, click: () => this.emit('click') });
    };
  });

  const paths = () =>
    main.evaluate(() => {
      const { trayMenu } = (globalThis as unknown as { kept: Kept }).kept;
      const walk = (menu: Menu, before: string): string[] =>
        menu.items.flatMap((item) => {
          if (item.type === 'separator') return [];
          const label = before + (item.enabled ? item.label : `(${item.label})`);
          return item.submenu ? walk(item.submenu, `${label} > `) : [label];
        });
      return trayMenu ? walk(trayMenu, '') : [];
    });

  return {
    paths,
    async choose(path) {
      await expect.poll(paths).toContain(path);
      await main.evaluate((_, names) => {
        let menu = (globalThis as unknown as { kept: Kept }).kept.trayMenu;
        for (const name of names.slice(0, -1)) {
          menu = menu?.items.find(({ label }) => label === name)?.submenu ?? null;
        }
        const item = menu?.items.find(({ label }) => label === names.at(-1));
        if (!item) throw new Error(`The item ${names.join(' > ')} went away`);
        item.click();
      }, path.split(' > '));
    },
    answer: (button) =>
      main.evaluate((_, answer) => {
        (globalThis as unknown as { kept: Kept }).kept.answer = answer;
      }, button),
    kept: () =>
      main.evaluate(async ({ clipboard }) => {
        const { browsed, asked, tip, icon, told } = (globalThis as unknown as { kept: Kept }).kept;
        const lines = told.map(({ title, body }) => `${title}. ${body}`);
        return { browsed, asked, tip, icon, told: lines, clipboard: await clipboard.readText() };
      }),
    clickNotification: (title) =>
      main.evaluate((_, wanted) => {
        const { told } = (globalThis as unknown as { kept: Kept }).kept;
        told.find((one) => one.title === wanted)?.click();
      }, title),
  };
}
