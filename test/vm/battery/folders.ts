import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { type Battery, theCase } from './case';
import { BOX, NODE } from './images';

export function folderCases(battery: Battery): void {
  describe('bind mounts', () => {
    theCase(battery, 'both sides see what the other writes', 30, async (box) => {
      const folder = await box.folder();
      await writeFile(join(folder, 'from-here'), 'here');
      const script =
        'cat /data/from-here; echo there > /data/from-there; mkdir /data/made; ln -s from-there /data/link';
      expect(await box.inBox(['-v', `${folder}:/data`], 'sh', '-c', script)).toBe('here');
      expect(await readFile(join(folder, 'link'), 'utf8')).toBe('there\n');
      expect((await stat(join(folder, 'made'))).isDirectory()).toBe(true);
    });

    theCase(battery, 'a running container sees a change, and its own can be seen', 40, async (box) => {
      const folder = await box.folder();
      const name = await box.background(['-v', `${folder}:/data`], BOX);
      for (const word of ['one', 'two']) {
        await writeFile(join(folder, 'file'), word);
        expect(await box.docker('exec', name, 'cat', '/data/file')).toBe(word);
        await box.docker('exec', name, 'sh', '-c', `echo back ${word} > /data/file`);
        expect(await readFile(join(folder, 'file'), 'utf8')).toBe(`back ${word}\n`);
      }
      await rm(join(folder, 'file'));
      expect(await box.docker('exec', name, 'ls', '-A', '/data')).toBe('');
    });

    theCase(battery, 'a read-only one refuses to be written', 30, async (box) => {
      const folder = await box.folder();
      await writeFile(join(folder, 'file'), 'as it was');
      const script = 'cat /data/file; touch /data/new; rm /data/file';
      const done = await box.ended(
        {},
        ...['run', '--rm', '--name', box.container(), '-v', `${folder}:/data:ro`, BOX, 'sh', '-c', script],
      );
      expect(done.text).toBe('as it was');
      expect(done.complaint.match(/Read-only file system/g)).toHaveLength(2);
      expect(await readdir(folder)).toEqual(['file']);
    });

    theCase(battery, 'a single file', 30, async (box) => {
      const file = join(await box.folder(), 'settings.conf');
      await writeFile(file, 'before\n');
      const script = 'cat /etc/settings.conf; echo after > /etc/settings.conf';
      expect(await box.inBox(['-v', `${file}:/etc/settings.conf`], 'sh', '-c', script)).toBe('before');
      expect(await readFile(file, 'utf8')).toBe('after\n');
    });

    theCase(battery, 'a folder that is not there', 30, async (box) => {
      const missing = join(await box.folder(), 'not', 'there');
      const args = [
        'run',
        '--rm',
        '--name',
        box.container(),
        '-v',
        `${missing}:/data`,
        BOX,
        'touch',
        '/data/file',
      ];
      if (box.facts.missingFolder === 'created') {
        await box.docker(...args);
        expect(await readdir(missing)).toEqual(['file']);
      } else expect(await box.refused(...args)).toContain(missing);
      // --mount never makes one.
      const other = join(await box.folder(), 'neither');
      const mount = ['--mount', `type=bind,source=${other},target=/data`];
      expect(await box.refused('run', '--rm', '--name', box.container(), ...mount, BOX, 'true')).toContain(
        other,
      );
    });

    theCase(battery, 'names with spaces and of other scripts', 30, async (box) => {
      const folder = await box.folder('Größe 測試 a b');
      await writeFile(join(folder, 'naïve файл.txt'), 'read');
      const script = 'cd /data && cat "naïve файл.txt" && echo x > "出力 1.txt"';
      const mount = ['--mount', `type=bind,source=${folder},target=/data`];
      expect(await box.inBox(mount, 'sh', '-c', script)).toBe('read');
      expect((await readdir(folder)).map((name) => name.normalize('NFC')).sort()).toEqual([
        'naïve файл.txt',
        '出力 1.txt',
      ]);
    });

    theCase(battery, '2,000 small files each way', 90, async (box) => {
      const folder = await box.folder();
      await mkdir(join(folder, 'here'));
      const names = Array.from({ length: 2000 }, (_, index) => `file-${index}`);
      for (const name of names) await writeFile(join(folder, 'here', name), `content of ${name}\n`);
      const script =
        'mkdir /data/there; cat /data/here/* | wc -l; i=0; ' +
        'while [ $i -lt 2000 ]; do echo "made $i" > /data/there/file-$i; i=$((i + 1)); done';
      expect((await box.inBox(['-v', `${folder}:/data`], 'sh', '-c', script)).trim()).toBe('2000');
      expect((await readdir(join(folder, 'there'))).sort()).toEqual([...names].sort());
      expect(await readFile(join(folder, 'there', 'file-1999'), 'utf8')).toBe('made 1999\n');
      await box.inBox(['-v', `${folder}:/data`], 'rm', '-r', '/data/there', '/data/here');
      expect(await readdir(folder)).toEqual([]);
    });

    theCase(battery, 'links of both kinds, a sparse file, a renamed one', 40, async (box) => {
      const folder = await box.folder();
      await writeFile(join(folder, 'target'), 'pointed at');
      await symlink('target', join(folder, 'link'));
      const script =
        'cd /data && cat link && ln target hard && stat -c %h hard && ' +
        'dd if=/dev/zero of=sparse bs=1 count=1 seek=50000000 2>/dev/null && stat -c %s sparse && mv sparse moved';
      expect(await box.inBox(['-v', `${folder}:/data`], 'sh', '-c', script)).toBe('pointed at2\n50000001');
      expect((await stat(join(folder, 'moved'))).size).toBe(50_000_001);
      expect((await stat(join(folder, 'hard'))).nlink).toBe(2);
    });

    theCase(battery, 'a watcher in the container hears of a change made here', 60, async (box) => {
      const folder = await box.folder();
      await writeFile(join(folder, 'old'), '1');
      const name = box.container();
      const mounts = ['-v', `${folder}:/watched`];
      const watcher = box.start('run', '--rm', '--name', name, ...mounts, NODE, '/programs/watch.mjs');
      await watcher.saw(/watching/);
      await writeFile(join(folder, 'old'), '2');
      await watcher.saw(/changed old/);
      await writeFile(join(folder, 'new'), '1');
      await watcher.saw(/changed new/);
    });
  });
}
