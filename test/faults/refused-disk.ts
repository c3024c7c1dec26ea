import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDisk, markFormatted, takeFormatOrder } from '#vm/disk/disk';
import { findProgram, run } from '../harness/run';
import { IMAGE } from '../harness/vm';
import type { MachineFault } from './fault';
import type { FaultHome } from './fault-home';

const MIB = 1024 ** 2;

/** What is on the disk's file, as far as a file system's beginning goes, and how much of the file is there at all. */
async function contentOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(MIB), 0, MIB, 0);
    const { blocks, size } = await file.stat();
    return `${createHash('sha256').update(buffer).digest('hex')}, ${blocks} blocks of ${size} bytes`;
  } finally {
    await file.close();
  }
}

async function write(path: string, position: number, bytes: Buffer): Promise<void> {
  const file = await open(path, 'r+');
  await file.write(bytes, 0, bytes.length, position);
  await file.sync();
  await file.close();
}

/** Empties the disk's file, which stays the same file. */
async function empty(path: string): Promise<void> {
  const file = await open(path, 'r+');
  const { size } = await file.stat();
  await file.truncate(0);
  await file.truncate(size);
  await file.close();
}

/** A disk that the host takes for one in use; made at the first need. */
async function usedDisk(home: FaultHome): Promise<string> {
  const { diskRecord, diskFolder } = home.places;
  const made = await createDisk(diskRecord, diskFolder, 4).catch(() => null);
  if (made) {
    await takeFormatOrder(diskRecord);
    await markFormatted(diskRecord);
  }
  return join(diskFolder, 'gantry-data.raw');
}

async function leavesAlone(home: FaultHome, code: string, image = IMAGE): Promise<string> {
  const path = await usedDisk(home);
  const before = await contentOf(path);
  const problem = await home.refusal(home.open(image));
  assert.equal(problem.code, code, problem.explanation);
  assert.equal(await contentOf(path), before, 'The disk was written to');
  assert.equal(home.qemu(), null, 'QEMU is still there');
  assert.equal((await stat(path)).size, 4 * 1024 ** 3);
  return problem.explanation;
}

const makeExt4 = (path: string, label: string) =>
  run(findProgram('mkfs.ext4') ?? 'mkfs.ext4', ['-q', '-F', '-L', label, '-E', 'nodiscard', path]);

const noExt4 = () => (findProgram('mkfs.ext4') ? undefined : 'not installed: mkfs.ext4 (package e2fsprogs)');

/** An image like the built one, but for a tool that is missing in its root when init comes. */
async function imageWithout(tool: string, folder: string): Promise<string> {
  const init = fileURLToPath(new URL('../../src/guest/initrd-init.sh', import.meta.url));
  const script = await readFile(init, 'utf8');
  const end = 'exec /bin/busybox switch_root';
  assert.ok(script.includes(end));
  const work = join(folder, 'changed');
  await mkdir(work, { recursive: true });
  const gone = `b rm -f /root/usr/sbin/${tool} /root/usr/bin/${tool}\n`;
  await writeFile(join(work, 'init'), script.replace(end, `${gone}${end}`), { mode: 0o755 });
  // The kernel reads archives one after the other; the last file of a name counts.
  const archive = await run('cpio', ['--create', '--format=newc', '--quiet'], { cwd: work, input: 'init\n' });
  const initrd = await readFile(join(IMAGE, 'initrd'));
  const padding = Buffer.alloc((4 - (initrd.length % 4)) % 4);
  const changed = Buffer.concat([initrd, padding, archive]);
  for (const name of ['kernel', 'root.br', 'welcome.tar'])
    await symlink(join(IMAGE, name), join(folder, name));
  await writeFile(join(folder, 'initrd'), changed);
  const manifest = JSON.parse(await readFile(join(IMAGE, 'manifest.json'), 'utf8'));
  manifest.files.initrd = {
    sha256: createHash('sha256').update(changed).digest('hex'),
    bytes: changed.length,
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

async function withoutTool(home: FaultHome, tool: string): Promise<string> {
  const folder = join(home.folder, `without-${tool}`);
  await mkdir(folder);
  return leavesAlone(home, 'vm-no-tool', await imageWithout(tool, folder));
}

/** Each is one boot as far as the disk. They share a home, and with it the unpacked image and the disk's file. */
export const refusedDisks: MachineFault[] = [
  {
    name: 'a disk in use that holds nothing is not formatted',
    check: (home) => leavesAlone(home, 'vm-not-formatted'),
  },
  {
    name: 'a disk with the beginning of an XFS is left alone',
    check: async (home) => {
      await write(await usedDisk(home), 0, Buffer.from('XFSB\0\0\x10\0'));
      return leavesAlone(home, 'vm-foreign-file-system');
    },
  },
  {
    name: 'a disk with the superblock of a Btrfs is left alone',
    long: true,
    check: async (home) => {
      const path = await usedDisk(home);
      await empty(path);
      await write(path, 64 * 1024 + 64, Buffer.from('_BHRfS_M'));
      return leavesAlone(home, 'vm-foreign-file-system');
    },
  },
  {
    name: "another's ext4 is left alone",
    whyNot: noExt4,
    check: async (home) => {
      const path = await usedDisk(home);
      await empty(path);
      await makeExt4(path, 'holiday');
      return leavesAlone(home, 'vm-foreign-file-system');
    },
  },
  {
    name: 'a lost superblock is told, and nothing is formatted',
    whyNot: noExt4,
    check: async (home) => {
      const path = await usedDisk(home);
      await empty(path);
      await makeExt4(path, 'gantry-data');
      await write(path, 1024, Buffer.alloc(1024));
      return leavesAlone(home, 'vm-damaged-file-system');
    },
  },
  {
    name: 'a superblock of noise is told, and nothing is formatted',
    long: true,
    whyNot: noExt4,
    check: async (home) => {
      const path = await usedDisk(home);
      await empty(path);
      await makeExt4(path, 'gantry-data');
      await write(path, 1024, createHash('sha512').update('noise').digest());
      return leavesAlone(home, 'vm-damaged-file-system');
    },
  },
  {
    name: 'an image without e2fsck touches no disk',
    whyNot: noExt4,
    check: async (home) => {
      const path = await usedDisk(home);
      await empty(path);
      await makeExt4(path, 'gantry-data');
      return withoutTool(home, 'e2fsck');
    },
  },
  {
    name: 'an image without mkfs.ext4 touches no disk',
    long: true,
    check: (home) => withoutTool(home, 'mkfs.ext4'),
  },
];
