import { createWriteStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { posix } from 'node:path';
import { pipeline } from 'node:stream/promises';

// Reads files of an erofs image that is made without compression, as the guest's root is. The format on the disk:
// https://docs.kernel.org/filesystems/erofs.html, and fs/erofs/erofs_fs.h in Linux.

const superBlockAt = 1024;
const magic = 0xe0f5e1e2;
/** Number of an inode times this is its place. */
const slot = 32;
const entryBytes = 12;
const pieceBytes = 1 << 20;
const layouts = { plain: 0, inline: 2 } as const;
const typeMask = 0o170000;
const types = { folder: 0o040000, file: 0o100000 } as const;

interface Image {
  file: FileHandle;
  blockBytes: number;
  /** Where inodes begin. */
  inodesAt: number;
  root: bigint;
}

interface Inode {
  type: number;
  /** Where the whole blocks of its content are, and their length; then where the rest is, and its length. */
  parts: { at: number; bytes: number }[];
}

async function read(file: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, at);
  if (bytesRead < bytes) throw new Error('The image ends too early');
  return buffer;
}

async function openImage(file: FileHandle): Promise<Image> {
  const block = await read(file, superBlockAt, 128);
  if (block.readUInt32LE(0) !== magic) throw new Error('This is no erofs image');
  const blockBytes = 2 ** block.readUInt8(12);
  return {
    file,
    blockBytes,
    inodesAt: block.readUInt32LE(40) * blockBytes,
    root: BigInt(block.readUInt16LE(14)),
  };
}

async function readInode({ file, blockBytes, inodesAt }: Image, number: bigint): Promise<Inode> {
  const at = inodesAt + Number(number) * slot;
  const inode = await read(file, at, slot);
  const format = inode.readUInt16LE(0);
  const extended = (format & 1) === 1;
  const layout = (format >> 1) & 7;
  if (layout !== layouts.plain && layout !== layouts.inline)
    throw new Error(`Files of the layout ${layout} cannot be read`);
  const size = extended ? Number(inode.readBigUInt64LE(8)) : inode.readUInt32LE(8);
  const attributes = inode.readUInt16LE(2);
  const attributesBytes = attributes === 0 ? 0 : 12 + (attributes - 1) * 4;
  const rest = layout === layouts.inline ? size % blockBytes : 0;
  return {
    type: inode.readUInt16LE(4) & typeMask,
    parts: [
      { at: inode.readUInt32LE(16) * blockBytes, bytes: size - rest },
      { at: at + slot * (extended ? 2 : 1) + attributesBytes, bytes: rest },
    ],
  };
}

async function* contentOf({ file }: Image, { parts }: Inode): AsyncGenerator<Buffer, undefined> {
  for (const { at, bytes } of parts)
    for (let done = 0; done < bytes; done += pieceBytes)
      yield await read(file, at + done, Math.min(pieceBytes, bytes - done));
}

/** Number of the inode with this name in a folder's block: the entries first, then all names, up to a zero or the end. */
function findName(block: Buffer, name: string): bigint | null {
  const count = block.readUInt16LE(8) / entryBytes;
  for (let index = 0; index < count; index += 1) {
    const entry = index * entryBytes;
    const end = index + 1 < count ? block.readUInt16LE(entry + entryBytes + 8) : block.length;
    const found = block.toString('utf8', block.readUInt16LE(entry + 8), end).split('\0', 1)[0];
    if (found === name) return block.readBigUInt64LE(entry);
  }
  return null;
}

async function find(image: Image, path: string): Promise<Inode> {
  let inode = await readInode(image, image.root);
  for (const name of posix.normalize(path).split('/')) {
    if (inode.type !== types.folder) throw new Error(`There is no ${path} in the image`);
    const content: Buffer[] = [];
    for await (const piece of contentOf(image, inode)) content.push(piece);
    const whole = Buffer.concat(content);
    let number: bigint | null = null;
    for (let at = 0; at < whole.length && number === null; at += image.blockBytes)
      number = findName(whole.subarray(at, at + image.blockBytes), name);
    if (number === null) throw new Error(`There is no ${path} in the image`);
    inode = await readInode(image, number);
  }
  return inode;
}

/**
 * Copies a file out of an image. Links in the image are not followed.
 * @param path in the image, without a slash at its beginning
 * @param to must not be there yet; gets the mode 0700
 */
export async function copyOut(
  file: FileHandle,
  path: string,
  to: string,
  signal: AbortSignal,
): Promise<void> {
  const image = await openImage(file);
  const inode = await find(image, path);
  if (inode.type !== types.file) throw new Error(`${path} is no file in the image`);
  await pipeline(contentOf(image, inode), createWriteStream(to, { flags: 'wx', mode: 0o700 }), { signal });
}
