import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flip, imageId as id, makeImage } from '../harness/tiny-image';
import type { Fault } from './fault';
import { FaultHome } from './fault-home';

async function refused(file: 'kernel' | 'initrd' | 'root.br' | 'unpacked root'): Promise<string> {
  await using home = await FaultHome.make();
  const image = join(home.folder, 'image');
  const root = await makeImage(image);
  const unpacked = join(home.places.images, id, 'root.erofs');
  if (file !== 'root.br') {
    await mkdir(join(home.places.images, id));
    await writeFile(unpacked, root);
  }
  await flip(file === 'unpacked root' ? unpacked : join(image, file));
  const vm = home.open(image);
  const problem = await home.refusal(vm);
  assert.equal(problem.code, 'vm-image-damaged');
  assert.match(problem.detail ?? '', /^sha256 /);
  assert.equal(home.qemu(), null);
  assert.ok(!existsSync(home.places.serialLog), 'QEMU was started');
  assert.ok(!existsSync(home.places.diskRecord), 'A disk was created');
  assert.equal(existsSync(unpacked), file === 'kernel' || file === 'initrd');
  return problem.title;
}

export const damagedImages: Fault[] = (['kernel', 'initrd', 'root.br', 'unpacked root'] as const).map(
  (file) => ({ name: `one changed bit in the image: ${file}`, check: () => refused(file) }),
);
