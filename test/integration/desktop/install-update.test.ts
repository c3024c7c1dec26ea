import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readUpdateConfig } from '#desktop/updates/config';
import { Updates } from '#desktop/updates/updates';
import { findProgram, run } from '../../harness/run';
import { serveUpdates, type UpdateFeed } from '../../harness/update-feed';

const missing = ['apt-get', 'dpkg', 'dpkg-deb'].find((name) => !findProgram(name));
if (missing) console.log(`The installation of an update is not tested: ${missing} is not installed`);

/** No package of anybody's. */
const name = 'gantry-update-test';

describe.skipIf(missing)('the installation of an update by Debian’s package manager', () => {
  let folder: string;
  /** A system of its own for the package manager: the computer's is left alone. */
  let system: string;
  let feed: UpdateFeed;
  let updates: Updates;
  let installed: number;
  const { PATH, APT_CONFIG } = process.env;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gantry-install-'));
    system = join(folder, 'system');
    process.env.APT_CONFIG = makeSystem(system);
    process.env.PATH = `${join(folder, 'bin')}:${PATH}`;
    mkdirSync(join(folder, 'bin'));
    feed = await serveUpdates();
    installed = 0;
    updates = new Updates({
      config: readUpdateConfig(feed.app, feed.app),
      version: '0.1.0',
      folder: join(folder, 'home'),
      fetch,
      isOnline: () => true,
      load: () => import('#desktop/updates/updater'),
      onDaily: () => undefined,
      onInstalled: () => {
        installed += 1;
      },
    });
  });
  afterEach(async () => {
    updates.close();
    await feed[Symbol.asyncDispose]();
    process.env.PATH = PATH;
    if (APT_CONFIG === undefined) delete process.env.APT_CONFIG;
    else process.env.APT_CONFIG = APT_CONFIG;
    rmSync(folder, { recursive: true, force: true });
    expect(readdirSync('/var/tmp').filter((entry) => entry.startsWith('gantry-update.'))).toEqual([]);
  });

  /**
   * In the place of pkexec, which needs a desktop and somebody at it: does what the person at the dialog would make it
   * do, and then runs the given command as it is, by the user of the test.
   */
  function standIn(meanwhile: string): void {
    const file = join(folder, 'bin', 'pkexec');
    writeFileSync(
      file,
      `#!/bin/sh\nset -e\n${meanwhile}\n[ "$1" = --disable-internal-agent ] && shift\nexec "$@"\n`,
    );
    chmodSync(file, 0o755);
  }

  const download = async (deb: Buffer) => {
    feed.publish('0.2.0', deb);
    await updates.order('check');
    await updates.order('download');
    expect(updates.state.now.phase).toBe('ready');
  };
  const problem = () => {
    const { now } = updates.state;
    return now.phase === 'failed' ? now.problem : undefined;
  };
  const downloads = () => feed.asked.filter(({ path }) => path === `/${feed.file}`).length;
  const pending = () => join(folder, 'home/updates/pending', feed.file);
  const version = () => {
    const file = join(system, 'usr/share', name, 'version');
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };

  it('installs what was signed, starts again then, and leaves nothing lying about', async () => {
    standIn('');
    await download(await makeDeb(folder, '0.2.0'));
    await updates.order('restart');
    expect(problem()).toBeUndefined();
    expect(version()).toBe('0.2.0');
    const query = ['--admindir', join(system, 'var/lib/dpkg'), '--show', name];
    expect((await run('dpkg-query', query)).toString()).toBe(`${name}\t0.2.0\n`);
    expect(installed).toBe(1);
    expect(existsSync(pending())).toBe(false);
  });

  it('says so when the password is not given, keeps the download, and installs it at the next try', async () => {
    standIn('exit 126');
    await download(await makeDeb(folder, '0.2.0'));
    await updates.order('restart');
    expect(problem()).toMatchObject({ code: 'update-not-allowed', actions: [{ kind: 'retry' }] });
    standIn('echo "Error executing command as another user: Not authorized" >&2; exit 127');
    await updates.order('retry');
    expect(problem()).toMatchObject({
      code: 'update-not-asked',
      explanation: expect.stringContaining(`sudo apt install ${pending()}`),
      detail: 'Error executing command as another user: Not authorized',
    });
    expect(version()).toBeUndefined();
    expect(installed).toBe(0);
    standIn('');
    await updates.order('retry');
    expect(version()).toBe('0.2.0');
    expect(downloads()).toBe(1);
  });

  it('says so where nothing asks for passwords', async () => {
    const deb = await makeDeb(folder, '0.2.0');
    process.env.PATH = join(folder, 'bin');
    await download(deb);
    await updates.order('restart');
    expect(problem()).toMatchObject({ code: 'update-not-asked', detail: 'pkexec is not installed' });
    expect(existsSync(pending())).toBe(true);
  });

  it('refuses a file that is exchanged while the password is typed', async () => {
    standIn(`cp "${join(folder, 'evil.deb')}" "${pending()}"`);
    await download(await makeDeb(folder, '0.2.0'));
    writeFileSync(join(folder, 'evil.deb'), await makeDeb(folder, '6.6.6'));
    await updates.order('restart');
    expect(problem()?.code).toBe('update-forged-file');
    expect(version()).toBeUndefined();
    expect(installed).toBe(0);
    expect(existsSync(pending())).toBe(false);
    // Then it is downloaded anew.
    await updates.order('retry');
    expect(updates.state.now.phase).toBe('ready');
  });

  it('says what the package manager says, and has changed nothing, when it lacks something', async () => {
    standIn('');
    await download(await makeDeb(folder, '0.2.0', 'gantry-no-such-package'));
    await updates.order('restart');
    expect(problem()?.code).toBe('update-not-installed');
    expect(problem()?.detail).toContain('gantry-no-such-package');
    expect(version()).toBeUndefined();
    expect(existsSync(pending())).toBe(true);
  });

  it('downloads a file anew that was deleted', async () => {
    standIn('');
    await download(await makeDeb(folder, '0.2.0'));
    rmSync(pending());
    await updates.order('restart');
    expect(problem()?.code).toBe('update-file-gone');
    await updates.order('retry');
    expect(updates.state.now.phase).toBe('ready');
  });

  it('takes the question back when Gantry ends', async () => {
    const asked = join(folder, 'asked');
    standIn(`echo $$ >"${asked}"; exec sleep 1000`);
    await download(await makeDeb(folder, '0.2.0'));
    const installing = updates.order('restart');
    await expect.poll(() => existsSync(asked) && readFileSync(asked, 'utf8')).toMatch(/\d\n/);
    // Not by the page: the system's own question has a way out.
    await updates.order('cancel');
    expect(updates.state.now.phase).toBe('installing');
    updates.close();
    await installing;
    const lives = () => existsSync(`/proc/${readFileSync(asked, 'utf8').trim()}`);
    await expect.poll(lives).toBe(false);
    expect(installed).toBe(0);
  });
});

/** Folders in which apt and dpkg have nothing installed and know no server. @returns the file for APT_CONFIG */
function makeSystem(root: string): string {
  const folders = ['etc/apt/apt.conf.d', 'etc/apt/preferences.d', 'var/lib/apt/lists/partial', 'var/log/apt'];
  const own = [
    'var/cache/apt/archives/partial',
    'var/lib/dpkg/info',
    'var/lib/dpkg/updates',
    'var/lib/dpkg/triggers',
  ];
  for (const path of [...folders, ...own]) mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, 'var/lib/dpkg/status'), '');
  const config = join(root, 'etc/apt/apt.conf');
  // The test may be no root, and have no folders of root's in its PATH.
  const options = [`--root=${root}`, '--force-not-root', '--force-bad-path'].map((word) => `"${word}";`);
  writeFileSync(config, `Dir "${root}/";\nDPkg::Options { ${options.join(' ')} };\n`);
  return config;
}

/** A package with one file, which says its version. */
async function makeDeb(folder: string, version: string, depends?: string): Promise<Buffer> {
  const tree = mkdtempSync(join(folder, 'tree-'));
  mkdirSync(join(tree, 'DEBIAN'));
  mkdirSync(join(tree, 'usr/share', name), { recursive: true });
  writeFileSync(join(tree, 'usr/share', name, 'version'), version);
  const control = [
    `Package: ${name}`,
    `Version: ${version}`,
    'Architecture: all',
    'Maintainer: Nobody <nobody@localhost>',
    'Description: A package of a test',
    ...(depends ? [`Depends: ${depends}`] : []),
  ];
  writeFileSync(join(tree, 'DEBIAN/control'), `${control.join('\n')}\n`);
  chmodSync(tree, 0o755);
  const file = join(tree, '..', 'made.deb');
  await run('dpkg-deb', ['-Znone', '--build', tree, file]);
  return readFileSync(file);
}
