import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createContainer } from '../harness/create';
import { openWith, type Shell } from './app';
import { expect, test } from './fixtures';

/** Fills `window.reached` or opens a dialog wherever text is taken for markup. */
const markup = `<img src=x onerror="window.reached=true"><script>window.reached=true;alert(1)</script>`;
const escapes = '\u001b]0;taken\u0007\u001b[2J\u001b[31m';
const rightToLeft = '\u202egnp.exe\u2066';

/** Notes every dialog that the page opens, and closes it. */
function dialogsOf(page: Page): string[] {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  return dialogs;
}

const nothingRan = (page: Page) =>
  page.evaluate(() => ({ reached: 'reached' in window, title: document.title }));

test('hostile names, labels and variables are shown as text', async ({ page, engine }) => {
  const dialogs = dialogsOf(page);
  // What the engine allows in a name is harmless as markup, but not in programs that keep names as keys.
  const name = `constructor.${randomBytes(3).toString('hex')}.${'long-'.repeat(24)}`;
  const image = `team/${'deep/'.repeat(20)}hello:${'t'.repeat(120)}`;
  await engine.cli(['build', '--tag', image, '-'], { input: `FROM hello\nENV HOSTILE='${markup}'\n` });
  const labels = {
    'com.docker.compose.project': `${markup}${rightToLeft}`,
    'com.docker.compose.service': `${escapes}service`,
    [`${markup}key`]: escapes,
    big: `${rightToLeft}${'x'.repeat(64 * 1024)}`,
  };
  await createContainer(engine, name, {
    Image: image,
    Env: [`HOSTILE=${markup}${escapes}`],
    Hostname: 'constructor',
    Labels: labels,
  });
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  await page.getByRole('searchbox').fill(name.slice(0, 18));
  const row = page.getByRole('row', { name: /constructor\./ });
  await expect(row).toContainText('Created');
  await expect(page.getByRole('row', { name: /window\.reached=true/ })).toBeVisible();
  await row.getByText('constructor.').click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await expect(page.getByText(/onerror="window\.reached=true"/).first()).toBeVisible();

  await page.getByRole('tab', { name: 'Inspect' }).click();
  await page.getByLabel('Search the answer').fill('onerror');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^1 of \d+/)).toBeVisible();
  await page.getByRole('link', { name: 'Images', exact: true }).click();
  await page
    .getByRole('row', { name: /team\/deep/ })
    .getByText('team/deep')
    .click();
  await page.getByRole('tab', { name: 'Configuration' }).click();
  await expect(page.getByText(/onerror="window\.reached=true"/).first()).toBeVisible();
  expect(await nothingRan(page)).toEqual({ reached: false, title: 'Gantry' });
  expect(dialogs).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);

  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  await page.getByRole('searchbox').fill('constructor.');
  await page.getByRole('button', { name: `Start ${name}` }).click();
  await expect(row).toContainText('Running');
  await engine.cli(['rm', '--force', name]);
  await expect(row).toHaveCount(0);
  await engine.cli(['rmi', image]);
});

test('a log with broken text, escapes and a line of 10 MB is shown, and nothing else happens', async ({
  page,
  engine,
}) => {
  const dialogs = dialogsOf(page);
  const name = `hostile-log-${randomBytes(3).toString('hex')}`;
  const script = [
    `printf 'broken \\377\\376 text\\n'`,
    `printf 'title \\033]0;taken\\007 after\\n'`,
    `printf 'clipboard \\033]52;c;dGFrZW4=\\007 after\\n'`,
    `printf 'link \\033]8;;https://example.com\\033\\\\here\\033]8;;\\033\\\\ after\\n'`,
    `printf '${markup}\\n'`,
    `head -c 10485760 /dev/zero | tr '\\000' x; echo`,
    `echo 'the last line'; sleep 1000`,
  ].join('; ');
  await engine.cli(['run', '--detach', '--name', name, '--stop-timeout', '1', 'hello', 'sh', '-c', script]);
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  await page
    .getByRole('row', { name: new RegExp(name) })
    .getByText(name)
    .click();
  await page.getByRole('tab', { name: 'Logs' }).click();
  const log = page.getByRole('log');
  await expect(log.getByText('the last line', { exact: true })).toBeVisible();
  await log.evaluate((box) => box.scrollTo(0, 0));
  await expect(log.getByText('broken \ufffd\ufffd text')).toBeVisible();
  await expect(log.getByText(/^title\s+after$/)).toBeVisible();
  await expect(log.getByText(/^clipboard\s+after$/)).toBeVisible();
  await expect(log.getByText(/^link here after$/)).toBeVisible();
  await expect(log.getByText(markup)).toBeVisible();
  await expect(log.getByRole('link')).toHaveCount(0);
  expect(await nothingRan(page)).toEqual({ reached: false, title: 'Gantry' });
  expect(dialogs).toEqual([]);
  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(page.getByRole('heading', { name: 'Command, ports, network' })).toBeVisible();
  await engine.cli(['rm', '--force', name]);
});

/** A stand-in for an engine on a socket in `home`: what it does with each connection is the test's. */
async function standInEngine(home: string, onConnection: (socket: Socket) => void) {
  const path = join(home, 'stand-in.sock');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    host: `unix://${path}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** The app tells what is wrong with the engine and goes on working. */
async function expectExplained(shell: Shell, home: string, host: string, what: RegExp): Promise<void> {
  await using app = await openWith(shell, home, host);
  const { page } = app;
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  await expect(page.getByRole('main').getByText(what).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Discover', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Databases' })).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Engine' }).click();
  await expect(page.getByRole('heading', { name: 'Engine', exact: true })).toBeVisible();
}

test('a stand-in engine that answers garbage is named as that', async ({ shell, home }) => {
  await using engine = await standInEngine(home, (socket) =>
    socket.end('\u0016\u0003garbage \u0000\r\n\r\n'),
  );
  await expectExplained(shell, home, engine.host, /not a Docker engine/);
});

test('a stand-in engine that answers well-formed nonsense is named as that', async ({ shell, home }) => {
  await using engine = await standInEngine(home, (socket) => {
    socket.on('data', () => {
      const body = '{"Containers":"<b>none</b>","ApiVersion":[1.41],"message":17}';
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    });
  });
  await expectExplained(shell, home, engine.host, /not a Docker engine/);
});

test('a stand-in engine that never answers is named as that', async ({ shell, home }) => {
  await using engine = await standInEngine(home, () => undefined);
  await expectExplained(shell, home, engine.host, /does not answer/);
});

test('an engine behind a slow stand-in shows its containers, and the app works meanwhile', async ({
  shell,
  home,
  engine,
}) => {
  const name = `slow-${randomBytes(3).toString('hex')}`;
  await engine.cli(['create', '--name', name, 'hello']);
  const pauseMs = 1500;
  await using slow = await standInEngine(home, (socket) => {
    const real = connect(engine.socket);
    real.on('error', () => socket.destroy());
    socket.on('close', () => real.destroy());
    socket.pipe(real);
    real.on('data', (data) => setTimeout(() => socket.write(data), pauseMs));
    real.on('end', () => setTimeout(() => socket.end(), pauseMs));
  });
  await using app = await openWith(shell, home, slow.host);
  const { page } = app;
  await page.getByRole('link', { name: 'Discover', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Databases' })).toBeVisible();
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  const row = page.getByRole('row', { name: new RegExp(name) });
  await expect(row).toContainText('Created');
  await page.getByRole('button', { name: `Start ${name}` }).click();
  await page.getByRole('link', { name: 'Images', exact: true }).click();
  await expect(page.getByRole('row', { name: /hello/ }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  await expect(row).toContainText('Running');
  await engine.cli(['rm', '--force', name]);
  await expect(row).toHaveCount(0);
});
