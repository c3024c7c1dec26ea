import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { dockerCli } from '../harness/engine';
import { fixtureImage, loadImage } from '../harness/images';
import { describeWithVm, startVm, type TestVm } from '../harness/vm';
import { BOX } from './battery/images';

const limit = 240_000;
/** A boot, and images loaded through it, on a computer that is busy with others, in milliseconds. */
const startLimit = 900_000;

// As on macOS and Windows, and on a Linux without virtiofsd: the keeper serves the files.
describeWithVm('folders through the link', () => {
  let vm: TestVm;
  let outer: string;
  let work: string;
  let readOnly: string;
  let inBox: (options: string[], script: string) => Promise<string>;
  let docker: (...args: string[]) => Promise<string>;

  beforeAll(async () => {
    outer = await mkdtemp(join(tmpdir(), 'gantry-test-'));
    [work, readOnly] = [join(outer, 'Größe, 測試 a b'), join(outer, 'read only')];
    await mkdir(work);
    await mkdir(readOnly);
    await writeFile(join(readOnly, 'file'), 'as it was');
    await writeFile(join(outer, 'secret'), 'of the host');
    // The keeper takes over what this process has.
    process.env.GANTRY_SHARING = 'link';
    const folders = [
      { path: work, writable: true },
      { path: readOnly, writable: false },
    ];
    vm = await startVm(join(outer, 'home'), { folders });
    const cli = dockerCli({ host: vm.dockerHost, configFolder: join(outer, 'docker') });
    docker = (...args) => cli(args);
    inBox = (options, script) => docker('run', '--rm', ...options, BOX, 'sh', '-c', script);
    await loadImage({ cli }, await fixtureImage('hello'), BOX);
  }, startLimit);
  afterAll(async () => {
    delete process.env.GANTRY_SHARING;
    await vm?.stop();
    await rm(outer, { recursive: true });
  });

  it('carry files both ways', { timeout: limit }, async () => {
    expect(await vm.inGuest('grep', 'share-0', '/proc/mounts')).toContain(' 9p rw');
    const bytes = randomBytes(2_000_000);
    await writeFile(join(work, 'from the host'), bytes);
    const sum = createHash('sha256').update(bytes).digest('hex');
    const script =
      'sha256sum "/data/from the host"; mkdir -p "/data/出力 1"; cp /data/from* "/data/出力 1/naïve файл"';
    expect(await inBox(['-v', `${work}:/data`], script)).toContain(sum);
    expect((await readFile(join(work, '出力 1', 'naïve файл'))).equals(bytes)).toBe(true);
    // What was read before is not kept when it changes here, and what is written there is here at once.
    const ticks = ['run', '-d', '--name', 'ticks', '-v', `${work}:/data`, BOX, 'sleep', '10000'];
    await docker(...ticks);
    for (let tick = 1; tick <= 5; tick += 1) {
      await writeFile(join(work, 'tick'), `tick ${tick}`);
      expect(await docker('exec', 'ticks', 'sh', '-c', 'cat /data/tick; cp /data/tick /data/tock')).toBe(
        `tick ${tick}`,
      );
      expect(await readFile(join(work, 'tock'), 'utf8')).toBe(`tick ${tick}`);
    }
    await docker('rm', '-f', 'ticks');
  });

  it('do what programs ask of a file system', { timeout: limit }, async () => {
    const script = `set -e
      mkdir -p /data/tree; cd /data/tree
      for i in $(seq 24); do echo $i > $i; done
      mv 1 2; rm 3; ln 4 hard; ln -s 5 soft; echo more >> 6; chmod 750 7; : > 8
      exec 3> open; rm open; echo still >&3
      chown -R 999:999 .
      ls | wc -l; cat 2 soft; stat -c %h hard`;
    expect(await inBox(['-v', `${work}:/data`], script)).toBe('24\n1\n5\n2');
    const tree = join(work, 'tree');
    expect(await readdir(tree)).toHaveLength(24);
    expect([await readlink(join(tree, 'soft')), await readFile(join(tree, '6'), 'utf8')]).toEqual([
      '5',
      '6\nmore\n',
    ]);
    expect(((await stat(join(tree, '7'))).mode & 0o777).toString(8)).toBe('750');
  });

  it('keep what is around them to themselves', { timeout: limit }, async () => {
    await symlink('../secret', join(work, 'way out'));
    await symlink(join(outer, 'secret'), join(work, 'straight out'));
    const script = 'cat "/data/way out" "/data/straight out" 2>/dev/null; ls -A /data/..';
    expect(await inBox(['-v', `${work}:/data`], script)).not.toContain('host');
    await expect(vm.inGuest('cat', join(outer, 'secret'))).rejects.toThrow('No such file');
  });

  it('are refused to be written when they are shared for reading, even by the root of the guest', {
    timeout: limit,
  }, async () => {
    await vm.inGuest('mount', '-o', 'remount,rw', readOnly);
    const file = join(readOnly, 'file');
    await expect(vm.inGuest('sh', '-c', `echo x > '${file}'`)).rejects.toThrow('Read-only');
    await expect(vm.inGuest('rm', file)).rejects.toThrow('Read-only');
    expect(await inBox(['-v', `${readOnly}:/data`], 'cat /data/file')).toBe('as it was');
  });

  it('come back when the VM is resumed, and when the agent was started again', {
    timeout: limit,
  }, async () => {
    await vm.vm.suspend();
    await vi.waitFor(() => expect(vm.vm.state.status).toBe('suspended'));
    await writeFile(join(work, 'later'), 'written meanwhile');
    expect(await inBox(['-v', `${work}:/data`], 'cat /data/later')).toBe('written meanwhile');
    await vm.inGuest('killall', 'gantry-agent').catch(() => undefined);
    await vi.waitFor(
      async () => expect(await inBox(['-v', `${work}:/data`], 'cat /data/later')).toBe('written meanwhile'),
      { timeout: 60_000, interval: 1000 },
    );
  });
});
