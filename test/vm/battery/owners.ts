import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { type Battery, type Case, theCase } from './case';

/** The user that the images of several databases run as. */
const DATABASE_USER = 999;

async function expectOwner(box: Case, path: string, uidInside: number): Promise<void> {
  const owner = box.facts.ownerOf(uidInside);
  const { uid } = await stat(path);
  if (owner === 'subordinate') expect([0, process.getuid?.()]).not.toContain(uid);
  else expect(uid).toBe(owner);
}

export function ownerCases(battery: Battery): void {
  describe('owners of files in bind mounts', () => {
    for (const uid of [0, 1000]) {
      theCase(battery, `what user ${uid} writes`, 30, async (box) => {
        const folder = await box.folder();
        // The folder belongs to whoever runs this; a container's user may write where everybody may.
        await box.inBox(['-v', `${folder}:/data`], 'chmod', '777', '/data');
        const script =
          'echo mine > /data/file && chmod 600 /data/file && cat /data/file && stat -c %u /data/file';
        const options = ['-u', `${uid}`, '-v', `${folder}:/data`];
        expect(await box.inBox(options, 'sh', '-c', script)).toBe(`mine\n${uid}`);
        await expectOwner(box, join(folder, 'file'), uid);
      });
    }

    theCase(
      battery,
      'a database takes its folder over, as root, and then writes there as its own user',
      40,
      async (box) => {
        const folder = await box.folder();
        // As the entrypoints of postgres, mysql and mongo do it.
        const prepare =
          `mkdir -p /var/lib/db/base && chown -R ${DATABASE_USER}:${DATABASE_USER} /var/lib/db && ` +
          'chmod 700 /var/lib/db';
        const work =
          'id -u; umask 077; echo rows > /var/lib/db/base/table; sync; stat -c "%u %a" /var/lib/db';
        const mounts = ['-v', `${folder}:/var/lib/db`];
        await box.inBox(mounts, 'sh', '-c', prepare);
        const asDatabase = ['-u', `${DATABASE_USER}:${DATABASE_USER}`, ...mounts];
        expect(await box.inBox(asDatabase, 'sh', '-c', work)).toBe(`${DATABASE_USER}\n${DATABASE_USER} 700`);
        await expectOwner(box, folder, DATABASE_USER);
        // Still there for the next container, by that user alone.
        expect(await box.inBox(asDatabase, 'cat', '/var/lib/db/base/table')).toBe('rows');
      },
    );
  });
}
