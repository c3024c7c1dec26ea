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
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readUpdateConfig } from '#desktop/updates/config';
import { Updates } from '#desktop/updates/updates';
import { packageFamilies } from '../../harness/package-family';
import { findProgram } from '../../harness/run';
import { serveUpdates, type UpdateFeed } from '../../harness/update-feed';

describe.each(['deb', 'rpm'] as const)('the installation of an update that is a %s', (kind) => {
  const { programs, open } = packageFamilies[kind];
  const missing = programs.find((name) => !findProgram(name));
  if (missing)
    console.log(`The installation of an update that is a ${kind} is not tested: ${missing} is not installed`);

  describe.skipIf(missing)('by its package manager', () => {
    let folder: string;
    let system: ReturnType<typeof open>;
    let feed: UpdateFeed;
    let updates: Updates;
    let installed: number;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'gantry-install-'));
      const bin = join(folder, 'bin');
      mkdirSync(bin);
      system = open(folder, bin);
      feed = await serveUpdates({ way: kind });
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
      for (const [variable, value] of Object.entries(system.env)) vi.stubEnv(variable, value);
    });
    afterEach(async () => {
      updates.close();
      vi.unstubAllEnvs();
      await feed[Symbol.asyncDispose]();
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

    const download = async (content: Buffer) => {
      feed.publish('0.2.0', content);
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
    const version = () => system.version();

    it('installs what was signed, starts again then, and leaves nothing lying about', async () => {
      standIn('');
      await download(await system.make('0.2.0'));
      await updates.order('restart');
      expect(problem()).toBeUndefined();
      expect(version()).toBe('0.2.0');
      expect(await system.registered()).toBe('0.2.0');
      expect(installed).toBe(1);
      expect(existsSync(pending())).toBe(false);
    });

    it('says so when the password is not given, keeps the download, and installs it at the next try', async () => {
      standIn('exit 126');
      await download(await system.make('0.2.0'));
      await updates.order('restart');
      expect(problem()).toMatchObject({ code: 'update-not-allowed', actions: [{ kind: 'retry' }] });
      standIn('echo "Error executing command as another user: Not authorized" >&2; exit 127');
      await updates.order('retry');
      expect(problem()).toMatchObject({
        code: 'update-not-asked',
        explanation: expect.stringContaining(
          `sudo ${kind === 'deb' ? 'apt install' : 'rpm --upgrade'} ${pending()}`,
        ),
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
      const made = await system.make('0.2.0');
      vi.stubEnv('PATH', join(folder, 'bin'));
      await download(made);
      await updates.order('restart');
      expect(problem()).toMatchObject({ code: 'update-not-asked', detail: 'pkexec is not installed' });
      expect(existsSync(pending())).toBe(true);
    });

    it('refuses a file that is exchanged while the password is typed', async () => {
      standIn(`cp "${join(folder, 'evil')}" "${pending()}"`);
      await download(await system.make('0.2.0'));
      writeFileSync(join(folder, 'evil'), await system.make('6.6.6'));
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
      await download(await system.make('0.2.0', 'gantry-no-such-package'));
      await updates.order('restart');
      expect(problem()?.code).toBe('update-not-installed');
      expect(problem()?.detail).toContain('gantry-no-such-package');
      expect(version()).toBeUndefined();
      expect(existsSync(pending())).toBe(true);
    });

    it('downloads a file anew that was deleted', async () => {
      standIn('');
      await download(await system.make('0.2.0'));
      rmSync(pending());
      await updates.order('restart');
      expect(problem()?.code).toBe('update-file-gone');
      await updates.order('retry');
      expect(updates.state.now.phase).toBe('ready');
    });

    it('takes the question back when Gantry ends', async () => {
      const asked = join(folder, 'asked');
      standIn(`echo $$ >"${asked}"; exec sleep 1000`);
      await download(await system.make('0.2.0'));
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
});
