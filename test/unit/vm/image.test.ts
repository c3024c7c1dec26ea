import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkIfWritten, type GuestImage, prepareImage } from '#vm/image';
import { openPlaces, places } from '#vm/places';
import { flip, makeImage } from '../../harness/tiny-image';

const signal = new AbortController().signal;
const damaged = expect.objectContaining({ problem: expect.objectContaining({ code: 'vm-image-damaged' }) });

async function prepared() {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const all = openPlaces(places(join(folder, 'home')));
  await makeImage(join(folder, 'image'));
  const image = await prepareImage(join(folder, 'image'), all, signal);
  return { image, all };
}

/** The same image, of which every byte is other than it should be: a look at them fails. */
const withOtherDigest = (image: GuestImage): GuestImage => ({
  ...image,
  manifest: { ...image.manifest, root: { ...image.manifest.root, sha256: '0'.repeat(64) } },
});

describe('an image that was checked', () => {
  it('is not read again while nobody has written to it', async () => {
    const { image, all } = await prepared();
    await checkIfWritten(withOtherDigest(image), all, signal);
    await rm(all.imageLooks);
    await expect(checkIfWritten(withOtherDigest(image), all, signal)).rejects.toEqual(damaged);
  });

  it.each(['kernel', 'initrd', 'root', 'welcome'] as const)(
    'is read again when its %s was written to, though its times were put back',
    async (part) => {
      const { image, all } = await prepared();
      const path = image[part];
      const before = await stat(path);
      await flip(path);
      await utimes(path, before.atime, before.mtime);
      await expect(checkIfWritten(image, all, signal)).rejects.toEqual(damaged);
      // A root can be unpacked again.
      expect(existsSync(path)).toBe(part !== 'root');
    },
  );

  it('is read again after this computer was started anew', async () => {
    const { image, all } = await prepared();
    const [boot, ...looks] = JSON.parse(await readFile(all.imageLooks, 'utf8'));
    await writeFile(all.imageLooks, JSON.stringify([`another ${boot}`, ...looks]));
    await expect(checkIfWritten(withOtherDigest(image), all, signal)).rejects.toEqual(damaged);
    expect(existsSync(image.root)).toBe(false);
  });
});
