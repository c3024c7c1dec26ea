import { fileURLToPath } from 'node:url';
import { Tray as ElectronTray, Menu, nativeImage, nativeTheme } from 'electron';
import type { DesktopAction, Tray } from '#contract';
import { menuTemplate } from './tray-menu';

/**
 * The design's tray icons as whole pixels, with one for screens of double density beside each. macOS colours the
 * black one itself. Elsewhere the theme decides; on Linux, where a panel's colour cannot be asked for, that is a
 * guess.
 */
function iconOf(look: Tray['look']) {
  const isMac = process.platform === 'darwin';
  const colour = !isMac && nativeTheme.shouldUseDarkColors ? 'white' : 'black';
  const path = fileURLToPath(new URL(`../assets/tray/${look}-${colour}.png`, import.meta.url));
  const icon = nativeImage.createFromPath(path);
  if (isMac) icon.setTemplateImage(true);
  return icon;
}

/** Gantry's icon in the tray. Everything is in its menu, as what a left click does differs from system to system. */
export class TrayIcon {
  readonly #tray: ElectronTray;
  readonly #draw = () => this.#tray.setImage(iconOf(this.#shown.look));
  #shown: Tray;

  constructor(
    first: Tray,
    private readonly run: (action: DesktopAction) => void,
  ) {
    this.#shown = first;
    this.#tray = new ElectronTray(iconOf(first.look));
    nativeTheme.on('updated', this.#draw);
    // Windows opens the menu for the right button only; Linux sends a click where its panel opens none by it.
    if (process.platform === 'win32') this.#tray.on('click', () => this.#tray.popUpContextMenu());
    if (process.platform === 'linux') this.#tray.on('click', () => run({ kind: 'show', route: null }));
    this.show(first);
  }

  show(tray: Tray): void {
    if (tray.look !== this.#shown.look) this.#tray.setImage(iconOf(tray.look));
    this.#shown = tray;
    this.#tray.setToolTip(tray.tip);
    this.#tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(tray.items, this.run)));
  }

  close(): void {
    nativeTheme.off('updated', this.#draw);
    this.#tray.destroy();
  }
}
