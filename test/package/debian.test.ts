import { existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { guestManifest } from '#guest/manifest';
import { startEngine, type TestEngine, whyNoEngine } from '../harness/engine';
import { findProgram, run } from '../harness/run';
import { made, whyNoPackages } from './made';
import { execLine, type OrdinaryUser, ordinaryUser } from './user';
import { connectedEngine } from './window';

const NEWER = '99.0.0';
const INSTALLED = '/usr/lib/gantry';
const COMMAND = '/usr/bin/gantry';
const DESKTOP_FILE = '/usr/share/applications/gantry.desktop';
/** All file names that the system knows a type for. */

function whyNoInstallation(): string | undefined {
  if (process.getuid?.() !== 0) return 'installing a package needs root';
  if (!findProgram('apt-get')) return 'not installed: apt-get';
  if (!process.env.DISPLAY) return 'there is no display';
  if (existsSync(INSTALLED))
    return 'Gantry is installed on this computer, and the test would remove it: apt-get remove gantry';
  return whyNoEngine();
}

const answer = z.object({
  tools: z.array(z.object({ name: z.string(), state: z.string(), found: z.string().nullable() })),
});
/** Warnings may come before it. */
const answerIn = (output: string): unknown =>
  JSON.parse(output.split('\n').find((line) => line.startsWith('{')) ?? '{}');

const missing = whyNoPackages() ?? whyNoInstallation();

describe.skipIf(missing)(missing ? `the package for Debian (${missing})` : 'the package for Debian', () => {
  let engine: TestEngine;
  let user: OrdinaryUser;
  let files: string[] = [];

  beforeAll(async () => {
    engine = await startEngine();
    user = await ordinaryUser();
    // For the user alone, as the engine's socket is for the group `docker`.
    await chmod(dirname(engine.socket), 0o711);
    await chown(engine.socket, user.uid, user.uid);
  });
  afterAll(async () => {
    if (existsSync(INSTALLED)) await apt('remove', 'gantry');
    await user?.leave();
    await engine?.stop();
  });

  it('is installed', async () => {
    await apt('install', made.deb);
    files = (await run('dpkg', ['-L', 'gantry'])).toString().trim().split('\n');
    expect(files).toContain(DESKTOP_FILE);
    expect(await installedVersion()).toBe(made.version);
    expect(await readFile(DESKTOP_FILE, 'utf8')).toMatch(/^MimeType=x-scheme-handler\/gantry;/m);
  });

  it('brings the command, which finds the engine', async () => {
    expect(await user.run(COMMAND, ['--version'])).toEqual({ code: 0, output: `${made.version}\n` });
    const { code, output } = await user.run(COMMAND, ['status', '--json'], { DOCKER_HOST: engine.host });
    expect(output).toContain(engine.host);
    expect(code).toBe(0);
  });

  it('finds its keeper and its guest image', async () => {
    // Without QEMU the start ends after the image was checked and unpacked.
    const { output } = await user.run(COMMAND, ['start'], { GANTRY_QEMU: '/nowhere/qemu' });
    expect(output).toContain('QEMU');
    const { id, root } = guestManifest.parse(
      JSON.parse(await readFile(join(INSTALLED, `resources/guest/${made.arch}/manifest.json`), 'utf8')),
    );
    const unpacked = await readFile(join(user.gantryHome, 'vm/images', id, 'root.erofs'));
    expect(unpacked.byteLength).toBe(root.bytes);
  });

  it('starts by its desktop file, with the engine connected', async () => {
    const [command, ...args] = await execLine(DESKTOP_FILE);
    const window = await user.open(command, args, { DOCKER_HOST: engine.host });
    try {
      const engineVersion = await engine.cli(['version', '--format', '{{.Server.Version}}']);
      expect(await connectedEngine(window.debugger)).toContain(`Engine ${engineVersion}`);
      // A second start with an address ends, and leaves it to the window that is there.
      const [, ...second] = await execLine(DESKTOP_FILE, 'gantry://open');
      expect(await user.run(command, second, { DOCKER_HOST: engine.host })).toMatchObject({ code: 0 });
    } finally {
      await window.close();
    }
  });

  it('is upgraded, and keeps nothing that the new version does not bring', async () => {
    const licences = join(INSTALLED, 'resources/THIRD-PARTY-LICENCES.txt');
    expect(existsSync(licences)).toBe(true);
    await installNewer(licences);
    expect(await installedVersion()).toBe(NEWER);
    expect(existsSync(licences)).toBe(false);
    expect(await user.run(COMMAND, ['--version'])).toMatchObject({ code: 0 });
  });

  it('takes back what it has put into the user’s folders', async () => {
    const { code, output } = await user.run(COMMAND, ['tools', 'install', '--json']);
    expect(code, output).toBe(0);
    const [ours] = answer.parse(answerIn(output)).tools;
    expect(ours).toEqual({ name: 'gantry', state: 'other', found: COMMAND });
    const uninstalled = await user.run(COMMAND, ['uninstall', '--yes', '--json']);
    expect(uninstalled.code, uninstalled.output).toBe(0);
    const { tools } = answer.parse(answerIn((await user.run(COMMAND, ['tools', 'status', '--json'])).output));
    expect(tools.filter(({ state }) => state === 'linked')).toEqual([]);
  });

  it('is removed without a trace, ends what runs, and leaves what is the user’s', async () => {
    const [command, ...args] = await execLine(DESKTOP_FILE);
    const window = await user.open(command, args, { DOCKER_HOST: engine.host });
    expect(window.isOpen()).toBe(true);
    // By then its backend looks for a keeper.
    await connectedEngine(window.debugger);
    // Leaves a keeper behind, which the window keeps; there is no machine, as there may be no QEMU.
    await user.run(COMMAND, ['start'], { GANTRY_QEMU: '/nowhere/qemu' });
    expect(await apt('remove', 'gantry')).toContain("Stopping Gantry's virtual machine of nobody");
    expect(window.isOpen()).toBe(false);
    expect(await runningPrograms()).toEqual([]);
    await window.close();
    // A directory that other packages use as well stays.
    expect(files.filter((path) => existsSync(path) && /gantry/.test(path))).toEqual([]);
    await expect(installedVersion()).rejects.toThrow('no packages found');
    expect(existsSync(join(user.gantryHome, 'window'))).toBe(true);
  });
});

/** Processes whose program is, or was, of the package. */
async function runningPrograms(): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const programs = await Promise.all(ids.map((id) => readlink(`/proc/${id}/exe`).catch(() => '')));
  return programs.filter((path) => path.startsWith(`${INSTALLED}/`));
}

/** Gives what it printed. */
async function apt(order: 'install' | 'remove', what: string): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Throw-away: what a power cut would leave of it does not matter.
  const quick = ['-o', 'Dpkg::Options::=--force-unsafe-io'];
  const args = [order, '--yes', '--no-install-recommends', ...quick, what];
  return (await run('apt-get', args, { env })).toString();
}

const installedVersion = async (): Promise<string> =>
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholder
  (await run('dpkg-query', ['--show', '--showformat=${Version}', 'gantry'])).toString();

/** Installs the same package with a higher version, and without the file `left`. */
async function installNewer(left: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-test-deb-'));
  const tree = join(folder, 'tree');
  try {
    await run('dpkg-deb', ['--raw-extract', made.deb, tree]);
    const control = join(tree, 'DEBIAN/control');
    const text = await readFile(control, 'utf8');
    await writeFile(control, text.replace(/^Version: .*$/m, `Version: ${NEWER}`));
    await rm(join(tree, left));
    const file = join(folder, 'gantry.deb');
    await run('dpkg-deb', ['-Znone', '--build', tree, file]);
    await apt('install', file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
