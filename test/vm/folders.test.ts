import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Account, makeAccount, runAs, whyNoAccounts } from '../harness/accounts';
import { dockerCli } from '../harness/engine';
import { fixtureImage, loadImage } from '../harness/images';
import { describeWithVm, startVm, type TestVm } from '../harness/vm';
import { BOX, loadBatteryImages, NODE } from './battery/images';

const limit = 240_000;
/** A boot, and images loaded through it, on a computer that is busy with others, in milliseconds. */
const startLimit = 900_000;

describeWithVm(
  'folders of an ordinary user',
  () => {
    let account: Account;
    let vm: TestVm;
    let work: string;
    let readOnly: string;
    let notShared: string;
    let config: string;
    let docker: (...args: string[]) => Promise<string>;

    const inBox = (options: string[], script: string) =>
      docker('run', '--rm', ...options, BOX, 'sh', '-c', script);

    /** `docker logs --follow`. */
    function followLog(name: string) {
      const child = spawn('docker', ['-H', vm.dockerHost, 'logs', '--follow', name], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      child.stdout.on('data', (bytes) => {
        text += bytes;
      });
      return {
        text: () => text,
        stop: async () => {
          child.kill();
          if (child.exitCode === null) await once(child, 'exit');
        },
      };
    }

    beforeAll(async () => {
      account = await makeAccount();
      const make = async (name: string): Promise<string> => {
        const path = join(account.home, name);
        await mkdir(path);
        await chown(path, account.uid, account.gid);
        return path;
      };
      [work, readOnly, notShared] = [
        await make('Größe, 測試 a b'),
        await make('read only'),
        await make('private'),
      ];
      await writeFile(join(readOnly, 'file'), 'as it was');
      await writeFile(join(notShared, 'secret'), 'of the host');
      config = await mkdtemp(join(tmpdir(), 'gantry-test-'));
      const folders = [
        { path: work, writable: true },
        { path: readOnly, writable: false },
      ];
      vm = await startVm(join(account.home, 'gantry'), { folders }, { account });
      const cli = dockerCli({ host: vm.dockerHost, configFolder: config });
      docker = (...args) => cli(args);
      await loadImage({ cli }, await fixtureImage('hello'), BOX);
    }, startLimit);
    afterAll(async () => {
      await vm?.stop();
      await rm(config, { recursive: true });
      await account?.remove();
    });

    it('belong to the user when the root of a container writes there', { timeout: limit }, async () => {
      await inBox(['-v', `${work}:/data`], 'mkdir "/data/出力 1" && echo made > "/data/出力 1/naïve файл"');
      const file = join(work, '出力 1', 'naïve файл');
      expect((await stat(file)).uid).toBe(account.uid);
      // The user's own programs go on with it.
      const done = await runAs(account, 'sh', '-c', 'cat "$1" && echo more >> "$1"', 'sh', file);
      expect(done).toMatchObject({ code: 0, out: 'made\n' });
      expect(await inBox(['-v', `${work}:/data:ro`], 'cat /data/*/*')).toBe('made\nmore');
    });

    it('belong to nobody else of this computer when another user of a container writes there', {
      timeout: limit,
    }, async () => {
      await inBox(['-v', `${work}:/data`], 'mkdir -m 777 /data/open');
      const seen = await inBox(
        ['-u', '1000:1000', '-v', `${work}/open:/data`],
        'echo mine > /data/file && chmod 600 /data/file && stat -c "%u %g" /data/file && cat /data/file',
      );
      expect(seen).toBe('1000 1000\nmine');
      const { uid, gid } = await stat(join(work, 'open', 'file'));
      // Subordinate ids begin far above every user's own (SUB_UID_MIN of /etc/login.defs).
      expect([uid >= 100_000, gid >= 100_000]).toEqual([true, true]);
    });

    it('can be taken over by a database, as its image does it', { timeout: limit }, async () => {
      const folder = join(work, 'db');
      const mount = ['-v', `${folder}:/var/lib/db`];
      await inBox(
        mount,
        'mkdir -p /var/lib/db/base && chown -R 999:999 /var/lib/db && chmod 700 /var/lib/db',
      );
      const script = 'umask 077; echo rows > /var/lib/db/base/table; sync; stat -c "%u %a" /var/lib/db';
      expect(await inBox(['-u', '999:999', ...mount], script)).toBe('999 700');
      expect(await inBox(['-u', '999:999', ...mount], 'cat /var/lib/db/base/table')).toBe('rows');
      // The user gets rid of it by a container, as root there.
      await inBox(['-v', `${work}:/data`], 'rm -r /data/db');
      await expect(stat(folder)).rejects.toThrow('ENOENT');
    });

    it('are refused to be written when they are shared for reading, even by the root of the guest', {
      timeout: limit,
    }, async () => {
      const file = join(readOnly, 'file');
      const script = 'cat /data/file; touch /data/new; echo x > /data/file; true';
      expect(await inBox(['-v', `${readOnly}:/data`], script)).toBe('as it was');
      await vm.inGuest('mount', '-o', 'remount,rw', readOnly);
      await expect(vm.inGuest('sh', '-c', `echo x > '${file}'`)).rejects.toThrow('Read-only');
      await expect(vm.inGuest('rm', file)).rejects.toThrow('Read-only');
      await vm.inGuest('mount', '-o', 'remount,ro', readOnly);
      expect(await readFile(file, 'utf8')).toBe('as it was');
    });

    it('are not seen by the guest unless they are shared', { timeout: limit }, async () => {
      expect(await inBox(['-v', `${notShared}:/data`, '-v', `${account.home}:/home`], 'ls -A /data')).toBe(
        '',
      );
      expect(await inBox(['-v', '/etc:/host'], 'cat /host/passwd')).not.toContain(account.name);
    });

    it('let a watcher hear of changes within a second, and only of them', { timeout: limit }, async () => {
      await loadBatteryImages({ host: vm.dockerHost, configFolder: config });
      const folder = join(work, 'watched');
      // Made by a container, so that they are the user's: what is not, the relay may not touch in the user's name.
      await inBox(['-v', `${work}:/data`], 'mkdir /data/watched; cd /data/watched; touch first second gone');
      const name = 'watcher';
      await docker('run', '-d', '--name', name, '-v', `${folder}:/watched`, NODE, '/programs/watch.mjs');
      const log = followLog(name);
      // This computer begins to watch a moment after the container's start.
      await vi.waitFor(
        async () => {
          await writeFile(join(folder, 'first'), String(Date.now()));
          expect(log.text()).toContain('changed first');
        },
        { timeout: 60_000, interval: 1000 },
      );
      const began = performance.now();
      await writeFile(join(folder, 'second'), '2');
      await vi.waitFor(() => expect(log.text()).toContain('changed second'), {
        timeout: 10_000,
        interval: 10,
      });
      const took = Math.round(performance.now() - began);
      console.log(`heard after ${took} ms`);
      expect(took).toBeLessThan(1000);
      await unlink(join(folder, 'gone'));
      await pause(3000);
      // What the relay does in the guest must not come back as a change of this computer.
      const settled = log.text();
      expect(settled.match(/changed second/g)?.length).toBeLessThanOrEqual(3);
      await pause(3000);
      expect(log.text()).toBe(settled);
      await log.stop();
      await docker('rm', '-f', name);
    });

    it('keep the VM from being suspended while a container or its volume uses them', {
      timeout: limit,
    }, async () => {
      await docker('run', '-d', '--name', 'direct', '-v', `${work}:/data`, BOX, 'sleep', '10000');
      await expect(vm.vm.suspend()).rejects.toMatchObject({
        problem: { code: 'vm-folders-in-use', explanation: expect.stringContaining('direct') },
      });
      await docker('rm', '-f', 'direct');
      const options = ['-o', 'type=none', '-o', 'o=bind', '-o', `device=${work}`];
      await docker('volume', 'create', ...options, 'leading-there');
      await docker('run', '-d', '--name', 'user', '-v', 'leading-there:/data', BOX, 'sleep', '10000');
      await expect(vm.vm.suspend()).rejects.toMatchObject({ problem: { code: 'vm-folders-in-use' } });
      // Everything is as before.
      expect(await docker('exec', 'user', 'cat', '/data/出力 1/naïve файл')).toBe('made\nmore');
      expect(await inBox(['-v', `${work}:/data`], 'cat /data/*/naïve*')).toBe('made\nmore');
      await docker('rm', '-f', 'user');
    });

    it('come back when the VM is resumed', { timeout: limit }, async () => {
      const began = performance.now();
      await vm.vm.suspend();
      console.log(`suspended in ${Math.round(performance.now() - began)} ms`);
      // The state comes as an event, a moment after the order is carried out.
      await vi.waitFor(() => expect(vm.vm.state.status).toBe('suspended'));
      await writeFile(join(readOnly, 'later'), 'written meanwhile');
      const seen = await inBox(
        ['-v', `${work}:/data`, '-v', `${readOnly}:/ro`],
        'cat /data/*/naïve* /ro/later; touch /ro/new; echo again > /data/again',
      );
      console.log(`resumed: ${vm.vm.state.startedInMs} ms`);
      expect(seen).toBe('made\nmore\nwritten meanwhile');
      expect((await stat(join(work, 'again'))).uid).toBe(account.uid);
      await expect(stat(join(readOnly, 'new'))).rejects.toThrow('ENOENT');
    });
  },
  whyNoAccounts(),
);
