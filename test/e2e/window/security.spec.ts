import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openInElectron, type Window } from '../app';
import { expect, test } from '../fixtures';

let window: Window;

test.beforeEach(async ({ home, engine }) => {
  window = await openInElectron(home, engine.host);
  await expect(window.page.getByRole('link', { name: 'Containers', exact: true })).toBeVisible();
});
test.afterEach(async () => {
  await window?.close();
});

test('holds a page without Node, in a sandbox, at an origin of its own', async () => {
  const seen = await window.page.evaluate(() => ({
    origin: location.origin,
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in globalThis),
    bridge: Object.keys(globalThis.window.gantryDesktop ?? {}),
    buttons: Object.keys(globalThis.window.gantryDesktop?.window ?? {}).sort(),
  }));
  expect(seen).toEqual({
    origin: 'app://gantry',
    node: [],
    bridge: ['window', 'loginItem', 'openDataFolder', 'followRoutes', 'updates'],
    buttons: ['close', 'minimize', 'toggleMaximize'],
  });
  const preferences = await window.main.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      // Not among Electron's public types since 45.
      const { contextIsolation, sandbox, nodeIntegration, webviewTag } = Reflect.get(
        contents,
        'getLastWebPreferences',
      ).call(contents);
      return { contextIsolation, sandbox, nodeIntegration, webviewTag };
    }),
  );
  expect(preferences).toEqual([
    { contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false },
  ]);
});

test('lets its page neither run what is put into it nor reach the network', async () => {
  const web = createServer((_, response) => response.end('reached'));
  let reached = 0;
  web.on('connection', () => {
    reached += 1;
  });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  const address = `http://127.0.0.1:${(web.address() as AddressInfo).port}/`;
  const outcome = await window.page.evaluate(async (target) => {
    const load = (tag: 'img' | 'script', url: string) =>
      new Promise<string>((resolve) => {
        const element = document.createElement(tag);
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        element.src = url;
        document.body.append(element);
      });
    // A refused frame loads an empty page instead; only the violation tells.
    const frameTo = (url: string) =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          if (effectiveDirective === 'frame-src') resolve('refused');
        });
        const frame = document.createElement('iframe');
        frame.src = url;
        document.body.append(frame);
      });
    const inline = document.createElement('script');
    inline.textContent = 'window.wasRun = true';
    document.body.append(inline);
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.wasRun = true">');
    return {
      fetched: await fetch(target).then(
        () => 'fetched',
        () => 'refused',
      ),
      file: await fetch('file:///etc/passwd').then(
        () => 'fetched',
        () => 'refused',
      ),
      socket: await new Promise<string>((resolve) => {
        const socket = new WebSocket(target.replace('http', 'ws'));
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      }),
      image: await load('img', target),
      script: await load('script', target),
      frame: await frameTo(target),
      wasRun: 'wasRun' in globalThis,
    };
  }, address);
  expect(outcome).toEqual({
    fetched: 'refused',
    file: 'refused',
    socket: 'refused',
    image: 'refused',
    script: 'refused',
    frame: 'refused',
    wasRun: false,
  });
  expect(reached).toBe(0);
  web.close();
});

test("serves its page's files and no others", async () => {
  const statuses = await window.page.evaluate(async () => {
    const paths = [
      '/index.html',
      '/../package.json',
      '/%2e%2e/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/%00',
    ];
    return Promise.all(paths.map(async (path) => (await fetch(`app://gantry${path}`)).status));
  });
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404]);
});

test('stays where it is', async () => {
  const { page } = window;
  for (const target of ['https://example.com/', 'file:///etc/passwd', 'data:text/html,x', 'app://other/']) {
    await page.evaluate((url) => {
      const link = document.createElement('a');
      link.href = url;
      document.body.append(link);
      link.click();
      link.remove();
    }, target);
    await page.evaluate((url) => {
      location.href = url;
    }, target);
  }
  // A navigation that was not refused would have replaced the page by then. Playwright itself waits for refused
  // ones, so it cannot click here.
  await page.evaluate(() => {
    location.hash = '#/images';
  });
  await expect
    .poll(() => page.evaluate(() => document.querySelector('h1')?.textContent ?? ''))
    .toContain('Images');
  expect(await page.evaluate(() => location.origin)).toBe('app://gantry');
});

test('opens web pages and ports of this computer in the browser, and nothing else anywhere', async () => {
  await window.main.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  await window.page.evaluate(() => {
    for (const url of [
      'https://example.com/a',
      'http://localhost:8080/',
      'http://example.com/',
      'http://localhost@example.com/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://server/share',
      'about:blank',
      'app://gantry/',
    ]) {
      open(url);
    }
  });
  const after = await window.main.evaluate(({ BrowserWindow }) => ({
    opened: Reflect.get(globalThis, 'opened'),
    windows: BrowserWindow.getAllWindows().length,
  }));
  expect(after).toEqual({ opened: ['https://example.com/a', 'http://localhost:8080/'], windows: 1 });
});

test('grants no permission but to copy', async () => {
  const states = await window.page.evaluate(async () => {
    const refused = (call: Promise<unknown>) =>
      call.then(
        () => 'granted',
        () => 'refused',
      );
    return {
      notifications: await Notification.requestPermission(),
      camera: await refused(navigator.mediaDevices.getUserMedia({ video: true })),
      place: await refused(
        new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      ),
      clipboard: await refused(navigator.clipboard.readText()),
      webview: 'getWebContentsId' in document.createElement('webview'),
    };
  });
  expect(states).toEqual({
    notifications: 'denied',
    camera: 'refused',
    place: 'refused',
    clipboard: 'refused',
    webview: false,
  });
});
