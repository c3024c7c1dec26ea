import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { Refusal } from './errno';
import type { Fid, Opened } from './fids';
import { Listing } from './listing';
import { giveMode } from './modes';
import type { Session } from './operation';
import { openNothingElse } from './platform';
import { below, isThere, openFile } from './tree';

/** Linux's flags, as its client sends them (`P9_DOTL_…` in include/net/9p/9p.h), whatever this system has for them. */
const flag = {
  access: 0o3,
  writeOnly: 0o1,
  readWrite: 0o2,
  exclusive: 0o200,
  truncate: 0o1000,
  append: 0o2000,
  sync: 0o4000000,
} as const;

/** What was asked for, in this system's flags. Creating and emptying are done apart, after a look at what is there. */
interface Manner {
  flags: number;
  readable: boolean;
  writable: boolean;
  truncate: boolean;
  exclusive: boolean;
}

export function mannerOf(flags: number): Manner {
  const access = flags & flag.access;
  if (access === flag.access) throw new Refusal('EINVAL');
  const writable = access !== constants.O_RDONLY;
  const own = [constants.O_RDONLY, constants.O_WRONLY, constants.O_RDWR][access] ?? constants.O_RDONLY;
  return {
    flags:
      own |
      (writable && flags & flag.append ? constants.O_APPEND : 0) |
      (writable && flags & flag.sync ? (constants.O_SYNC ?? 0) : 0),
    readable: access !== flag.writeOnly,
    writable,
    truncate: (flags & flag.truncate) !== 0,
    exclusive: (flags & flag.exclusive) !== 0,
  };
}

/** Opens what is there; a folder is only read. */
export function openFid({ tree, fids }: Session, fid: Fid, manner: Manner): Promise<Opened> {
  return fids.open(fid, () =>
    tree.at(fid.path, async (absolute): Promise<Opened> => {
      const isFolder = (await lstat(absolute)).isDirectory();
      if (!isFolder) return asOpened(await openThere(absolute, manner), manner);
      if (manner.writable) throw new Refusal('EISDIR');
      return { kind: 'folder', listing: new Listing(tree, () => fid.path) };
    }),
  );
}

/** Creates a file in the folder that the fid stands for, which then stands for the file. */
export function createFid(
  { tree, fids }: Session,
  fid: Fid,
  { name, mode, manner }: { name: string; mode: number; manner: Manner },
): Promise<Opened> {
  return fids.open(fid, () =>
    tree.at(below(fid.path, name), async (absolute) => {
      const handle = await createOrOpen(absolute, mode, manner);
      fid.path = below(fid.path, name);
      return asOpened(handle, manner);
    }),
  );
}

const asOpened = (handle: FileHandle, { readable, writable }: Manner): Opened => ({
  kind: 'file',
  handle,
  readable,
  writable,
});

async function createOrOpen(absolute: string, mode: number, manner: Manner): Promise<FileHandle> {
  if (await isThere(absolute)) {
    if (manner.exclusive) throw new Refusal('EEXIST');
    return openThere(absolute, manner);
  }
  return createFile(absolute, mode, manner.flags);
}

/** Creates a file. Nothing that came to be there just now is opened, a link least of all. */
export async function createFile(absolute: string, mode: number, flags: number): Promise<FileHandle> {
  const creating = flags | constants.O_CREAT | constants.O_EXCL | openNothingElse;
  const handle = await open(absolute, creating, mode & 0o777);
  try {
    await giveMode(handle, mode);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A file is emptied through the handle that was found to be it, and not by the opening. */
async function openThere(absolute: string, manner: Manner): Promise<FileHandle> {
  if (manner.truncate) await truncate(absolute, 0);
  return openFile(absolute, manner.flags);
}

/** @param size in bytes */
export async function truncate(absolute: string, size: number): Promise<void> {
  // Windows lets no handle do it that may only append.
  const handle = await openFile(absolute, constants.O_WRONLY);
  try {
    await handle.truncate(size);
  } finally {
    await handle.close();
  }
}
