import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { writeSettings } from '../../harness/app';
import { endProxyOf } from '../../harness/docker-proxy';
import { dockerCli } from '../../harness/engine';
import { run } from '../../harness/run';
import { expectAccessible } from '../accessibility';
import { openInElectron } from '../app';
import { expect, test } from '../fixtures';

const wrong = (page: Page, words: string) =>
  page.getByRole('list', { name: 'Things to fix' }).getByRole('listitem').filter({ hasText: words });
const fine = (page: Page, title: string) =>
  page.getByRole('region', { name: 'Fine' }).getByRole('listitem').filter({ hasText: title });

const lookAgain = (page: Page) => page.getByRole('button', { name: 'Check again' }).click();

/** Presses the button of what is wrong, and sees its check among those that are fine. */
async function repair(page: Page, fault: { words: string; button: string; title: string }): Promise<void> {
  const row = wrong(page, fault.words);
  await row.getByRole('button', { name: fault.button }).click();
  await expect(row).toHaveCount(0);
  await expect(fine(page, fault.title)).toBeVisible();
}

test('one fault after the other is found and repaired by its button, while Gantry runs', async ({
  home,
  engine,
}, testInfo) => {
  writeSettings(home, { engineHost: engine.host });
  const docker = dockerCli(engine, `${home}/docker-cli`);
  const vpn = `gvpn${randomBytes(4).toString('hex')}`;
  // A proxy that would be asked for this computer, too.
  await using window = await openInElectron(home, undefined, { HTTPS_PROXY: 'http://proxy.example:3128' });
  const { page, main } = window;
  try {
    await expect(page.getByRole('button', { name: /^Engine: / })).toContainText(/Engine \d/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('troubleshoot');
    await page.keyboard.press('Enter');

    await test.step('the proxy: its command is shown and copied', async () => {
      const row = wrong(page, 'The proxy settings do not look right');
      await expect(row.getByRole('code')).toContainText('export NO_PROXY="localhost');
      await row.getByRole('button', { name: 'Copy the command' }).click();
      await expect(page.getByText('Copied', { exact: true })).toBeVisible();
      const copied = await main.evaluate(({ clipboard }) => clipboard.readText());
      expect(copied).toBe(await row.getByRole('code').textContent());
      await expectAccessible(page, 'A command to copy');
    });

    await test.step('a port', async () => {
      await engine.cli(['run', '--detach', '--name', 'web', '--publish', '127.0.0.1::80', 'hello']);
      await lookAgain(page);
      await expect(fine(page, 'Ports reach containers')).toBeVisible();
      endProxyOf((await engine.cli(['port', 'web', '80'])).split(':').at(-1) ?? '');
      await lookAgain(page);
      const button = 'Restart web';
      await repair(page, { words: 'takes no connection', button, title: 'Ports reach containers' });
    });

    await test.step('a VPN', async () => {
      await engine.cli(['network', 'create', 'clash']);
      const format = '{{range .IPAM.Config}}{{.Subnet}}{{end}}';
      const subnet = await engine.cli(['network', 'inspect', '--format', format, 'clash']);
      await run('ip', ['link', 'add', vpn, 'type', 'bridge']);
      await run('ip', ['addr', 'add', subnet.replace(/\.0\/\d+$/, '.77/25'), 'dev', vpn]);
      await run('ip', ['link', 'set', vpn, 'up']);
      await lookAgain(page);
      const button = 'Delete the network';
      await repair(page, { words: 'The network clash', button, title: 'Addresses of networks' });
    });

    await test.step('the docker command', async () => {
      await docker(['context', 'create', 'here', '--docker', `host=${engine.host}`]);
      await docker(['context', 'create', 'away', '--docker', 'host=unix:///nowhere/at/all.sock']);
      await docker(['context', 'use', 'away']);
      await lookAgain(page);
      const words = 'leads to an engine that does not answer';
      await repair(page, { words, button: 'Use Gantry’s engine', title: 'The docker command' });
    });
    await test.step('the engine', async () => {
      await engine.kill();
      await lookAgain(page);
      await expect(wrong(page, 'The engine went away')).toBeVisible();
      await engine.restart();
      const button = 'Try now';
      await repair(page, { words: 'The engine went away', button, title: 'Docker Engine answers' });
    });
    await page.screenshot({ path: testInfo.outputPath('repaired.png') });
  } finally {
    await engine.cli(['rm', '--force', 'web']);
    await run('ip', ['link', 'delete', vpn]).catch(() => undefined);
  }
});
