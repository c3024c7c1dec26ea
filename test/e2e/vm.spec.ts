import { join } from 'node:path';
import { fixtureImage, loadImage } from '../harness/images';
import { pushTo, registryImage } from '../harness/registry';
import { run } from '../harness/run';
import { whyNoVm } from '../harness/vm';
import { expectAccessible } from './accessibility';
import { openWithout } from './app';
import { expect as expectSoon, test } from './fixtures';
import { fetchText, mainJob } from './main-job';
import { openSection } from './settings';

/** A cold boot under software emulation, on processors that others use, too. */
const bootLimitMs = 240_000;
/** One step of the main job there. */
const stepLimitMs = 120_000;
/** Beside it the main job, each step of which is many times slower than on an ordinary engine. */
const testLimitMs = 900_000;

test.setTimeout(testLimitMs);
test.use({ newcomer: true });
const expect = expectSoon.configure({ timeout: stepLimitMs });

test('a computer without Docker: Gantry brings its own engine, and the main job works with it', async ({
  home,
  shell,
  engine,
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

    await test.step('nothing is there, so Gantry suggests its own', async () => {
      await page.getByRole('button', { name: 'Set up Gantry' }).click();
      await expect(page.getByRole('radio', { name: /Gantry’s own engine/ })).toBeChecked();
      await page.getByRole('button', { name: 'Start the engine' }).click();
      await expect(page.getByText(/step \d of \d/i).first()).toBeVisible();
      await expectAccessible(page, 'The start of the VM');
      await expect(page.getByLabel('done').nth(1)).toBeVisible({ timeout: bootLimitMs });
      await page.getByRole('button', { name: 'Continue' }).click({ timeout: bootLimitMs });
    });

    await test.step('the welcome container answers, with no network', async () => {
      await expect(page.getByRole('radio', { name: /gantry\/welcome/ })).toBeChecked();
      await page.getByRole('button', { name: 'Run it' }).click();
      const open = page.getByRole('button', { name: /Open localhost:\d+/ });
      await expect(open).toBeVisible();
      const [, port] = /:(\d+)/.exec((await open.textContent()) ?? '') ?? [];
      await expect.poll(() => fetchText(`http://localhost:${port}`)).toContain('Gantry');
      await page.getByRole('button', { name: 'Go to Home' }).click();
      await expect(page.getByText('Running in VM')).toBeVisible();
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

    await test.step('another engine beside it: both are connected, and told apart', async () => {
      await openSection(page, 'Engine');
      await page.getByText('An engine that is already there', { exact: true }).click();
      await page.getByRole('textbox', { name: 'Another engine' }).fill(engine.host);
      await page.getByRole('button', { name: 'Use it' }).click();
      await page.getByRole('link', { name: 'Home' }).click();
      const other = page.getByRole('region', { name: 'The other engine' });
      await expect(other).toContainText(/Gantry’s VM is connected too: \d+ containers?, 1 running/);
      await cli(['stop', 'registry']);
      await expect(other).toContainText(/, 0 running/);
      const activity = page.getByRole('region', { name: 'Recent activity' });
      await expect(activity).not.toContainText('registry');
      await cli(['start', 'registry']);
      await page.getByRole('button', { name: 'Run a container' }).click();
      await expect(page.getByRole('dialog')).toContainText('Engine: Docker');
      await page.keyboard.press('Escape');
      await expectAccessible(page, 'Home with two engines');
      await other.getByRole('button', { name: 'Show Gantry’s VM' }).click();
      await expect(page.getByText('Running in VM')).toBeVisible();
      await expect(other).toContainText('Docker is connected too');
      await expect(activity).toContainText('registry');
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
