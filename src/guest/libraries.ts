import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Programs and libraries of the root that need a shared library which is not there, as `path needs library`. Packages
 * are unpacked without their dependencies, so this says what the recipe forgot.
 */
export async function missingLibraries(root: string): Promise<string[]> {
  const files: string[] = [];
  for (const folder of ['usr/bin', 'usr/sbin', 'usr/lib', 'usr/libexec']) {
    for (const name of await readdir(join(root, folder), { recursive: true })) files.push(join(folder, name));
  }
  const present = new Set(files.map((path) => path.replace(/^.*\//, '')));
  const missing: string[] = [];
  for (const path of files) {
    if (path.endsWith('.ko') || !(await lstat(join(root, path))).isFile()) continue;
    for (const library of await neededLibraries(join(root, path))) {
      if (!present.has(library)) missing.push(`${path} needs ${library}`);
    }
  }
  return missing;
}

// Numbers of the ELF format, 64 bit: https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html
const DYNAMIC_SECTION = 6;
const NEEDED = 1n;
const SECTION_BYTES = 64;

/** Names of the shared libraries that an ELF file needs; none for a file of another kind. */
export async function neededLibraries(path: string): Promise<string[]> {
  const file = await open(path);
  try {
    return await readNeeded(file);
  } finally {
    await file.close();
  }
}

async function readNeeded(file: FileHandle): Promise<string[]> {
  const read = async (at: number, bytes: number): Promise<Buffer> => {
    const buffer = Buffer.alloc(bytes);
    const { bytesRead } = await file.read(buffer, 0, bytes, at);
    return buffer.subarray(0, bytesRead);
  };
  const header = await read(0, 64);
  if (header.length < 64 || header.toString('latin1', 0, 4) !== '\x7fELF') return [];
  const sections = await read(Number(header.readBigUInt64LE(40)), header.readUInt16LE(60) * SECTION_BYTES);
  const section = (index: number) => {
    const at = index * SECTION_BYTES;
    const [offset, bytes] = [sections.readBigUInt64LE(at + 24), sections.readBigUInt64LE(at + 32)];
    return { type: sections.readUInt32LE(at + 4), link: sections.readUInt32LE(at + 40), offset, bytes };
  };
  const all = Array.from({ length: sections.length / SECTION_BYTES }, (_, index) => section(index));
  const dynamic = all.find(({ type }) => type === DYNAMIC_SECTION);
  if (!dynamic) return [];
  const names = section(dynamic.link);
  const strings = await read(Number(names.offset), Number(names.bytes));
  const entries = await read(Number(dynamic.offset), Number(dynamic.bytes));
  const needed: string[] = [];
  for (let at = 0; at < entries.length; at += 16) {
    if (entries.readBigInt64LE(at) !== NEEDED) continue;
    const start = Number(entries.readBigUInt64LE(at + 8));
    needed.push(strings.toString('latin1', start, strings.indexOf(0, start)));
  }
  return needed;
}
