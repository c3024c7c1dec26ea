import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { extract, pack } from 'tar-stream';
import { describe, expect } from 'vitest';
import { type Battery, theCase } from './case';
import { BOX } from './images';

/** A folder that the engine need not see: `docker cp` reads and writes by the CLI. */
async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-battery-'));
  try {
    await body(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export function copyCases(battery: Battery): void {
  describe('docker cp', () => {
    theCase(battery, 'carries a file in and out with its mode', 30, (box) =>
      withFolder(async (folder) => {
        const name = await box.background([], BOX);
        await writeFile(join(folder, 'in'), '#!/bin/sh\necho ran\n');
        await chmod(join(folder, 'in'), 0o750);
        await box.docker('cp', join(folder, 'in'), `${name}:/program`);
        expect(await box.docker('exec', name, '/program')).toBe('ran');
        await box.docker('cp', `${name}:/program`, join(folder, 'out'));
        expect(await readFile(join(folder, 'out'), 'utf8')).toBe('#!/bin/sh\necho ran\n');
        expect((await stat(join(folder, 'out'))).mode & 0o777).toBe(0o750);
      }),
    );

    theCase(battery, 'carries a folder in and out of a container that does not run', 30, (box) =>
      withFolder(async (folder) => {
        const name = box.container();
        await box.docker('create', '--name', name, BOX);
        await mkdir(join(folder, 'tree/a b/é'), { recursive: true });
        await writeFile(join(folder, 'tree/a b/é/file'), 'content');
        await box.docker('cp', join(folder, 'tree'), `${name}:/tmp`);
        await box.docker('cp', `${name}:/tmp/tree/.`, join(folder, 'back'));
        expect(await readFile(join(folder, 'back/a b/é/file'), 'utf8')).toBe('content');
      }),
    );

    theCase(battery, 'reads an archive from its input and writes one', 30, async (box) => {
      const name = await box.background([], BOX);
      const archive = pack();
      archive.entry({ name: 'from-archive', mode: 0o600, uid: 1000, gid: 1000 }, 'archived');
      archive.finalize();
      await box.dockerWith({ input: await buffer(archive) }, 'cp', '-a', '-', `${name}:/tmp`);
      expect(await box.docker('exec', name, 'stat', '-c', '%u %a', '/tmp/from-archive')).toBe('1000 600');

      const { bytes } = await box.ended({}, 'cp', `${name}:/tmp/from-archive`, '-');
      const reader = extract();
      reader.end(bytes);
      const entries: string[] = [];
      for await (const entry of reader) entries.push(`${entry.header.name}: ${await text(entry)}`);
      expect(entries).toEqual(['from-archive: archived']);
    });

    theCase(battery, 'says that there is no such file', 20, async (box) => {
      const name = await box.background([], BOX);
      expect(await box.refused('cp', `${name}:/nothing`, '-')).toMatch(/nothing/);
    });
  });
}
