import { join } from 'node:path';
import { fixtureImage, loadImage } from '../harness/images';
import { pushTo, registryImage } from '../harness/registry';
import { run } from '../harness/run';
import { whyNoVm } from '../harness/vm';
import { expectAccessible } from './accessibility';
import { openWithout } from './app';
import { expect as expectSoon, test } from './fixtures';
import { fetchText, mainJob } from './main-job';

/** A cold boot under software emulation, on processors that others use, too. */
const bootLimitMs = 240_000;
/** One step of the main job there. */
const stepLimitMs = 120_000;
/** Beside it the main job, each step of which is many times slower than on an ordinary engine. */
const testLimitMs = 900_000;

test.setTimeout(testLimitMs);
const expect = expectSoon.configure({ timeout: stepLimitMs });

test('a computer without Docker: Gantry brings its own engine, and the main job works with it', async ({
  home,
  shell,
}, testInfo) => {
  const why = whyNoVm();
  testInfo.skip(why !== undefined, why ?? '');
  const socket = join(home, 'run', 'docker.sock');
  const cli = async (args: string[], options?: { input?: Buffer }) =>
    (await run('docker', ['-H', `unix://${socket}`, ...args], options)).toString().trim();
  const app = await openWithout(shell, home);
  try {
    const { page } = app;
    page.setDefaultTimeout(stepLimitMs);

    await test.step('nothing is there, so Gantry offers its own', async () => {
      await page.getByRole('link', { name: 'Containers', exact: true }).click();
      await page.getByRole('button', { name: 'Use Gantry’s own engine' }).first().click();
      await expect(page.getByText(/step \d of \d/i).first()).toBeVisible();
      await expectAccessible(page, 'The start of the VM');
      await expect(page.getByLabel('done').first()).toBeVisible({ timeout: bootLimitMs });
      await expect(page.getByText('Running in VM')).toBeVisible({ timeout: bootLimitMs });
    });

    await test.step('the welcome container answers, with no network', async () => {
      await page.getByRole('button', { name: 'Run gantry/welcome:latest' }).click();
      await expect(page.getByRole('dialog').getByText('--name')).toBeVisible();
      await page.keyboard.press('Control+Enter');
      const row = page.getByRole('row', { name: /welcome/ });
      await expect(row).toContainText('Running');
      const address = await row.getByRole('link').first().getAttribute('href');
      await expect.poll(() => fetchText(address ?? '')).toContain('Gantry');
      await cli(['rm', '--force', 'welcome']);
    });

    await test.step('the main job, with a registry that runs as a container', async () => {
      await loadImage({ cli }, await registryImage(), 'registry:latest');
      await cli(['run', '--detach', '--name', 'registry', '--publish', '127.0.0.1::5000', 'registry']);
      const registry = (await cli(['port', 'registry', '5000'])).split('\n')[0] ?? '';
      // It takes a while to come up under emulation; until then a connection is reset.
      await expect.poll(() => fetchText(`http://${registry}/v2/`).catch(String)).toBe('{}');
      await pushTo(`http://${registry}`, await fixtureImage('hello'), 'team/hello', '1.0', '1.1', 'latest');
      await mainJob(page, { registry, cli, patience: stepLimitMs, bound: /-> 127\.0\.0\.1:\d+$/ });
    });

    await test.step('suspended and woken, what ran goes on', async () => {
      await cli(['exec', 'registry', '/registry', '--version']);
      await gantry(home, 'suspend');
      await expect(page.getByText('Suspended').first()).toBeVisible();
      expect(await cli(['ps', '--format', '{{.Names}}'])).toBe('registry');
      await expect(page.getByText('Running in VM')).toBeVisible();
    });
  } finally {
    await app.close();
    await gantry(home, 'stop');
  }
});

/** The command line, which speaks with the same VM. */
const gantry = (home: string, ...args: string[]) =>
  run(process.execPath, ['out/cli/gantry.js', ...args], { env: { ...process.env, GANTRY_HOME: home } });
