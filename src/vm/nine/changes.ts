import { constants } from 'node:fs';
import {
  chmod,
  link as linkFile,
  lstat,
  mkdir as makeFolder,
  symlink as makeLink,
  rename as moveFile,
  rmdir,
  unlink,
} from 'node:fs/promises';
import { Refusal } from './errno';
import { giveMode } from './modes';
import { checkName } from './names';
import { createFile } from './opening';
import { change, operation, requireWritable, type Session } from './operation';
import { linkType } from './platform';
import { below, type TreePath } from './tree';

/** `AT_REMOVEDIR`: what is removed is a folder. */
const removeFolder = 0x200;

/** `PATH_MAX`: Linux's longest target of a link, in bytes with the NUL at its end. */
const longestTarget = 4096;

/** The path of a name in the folder that a fid stands for. @throws Refusal if it is no name */
function childOf({ fids }: Session, fid: number, name: string): TreePath {
  checkName(name);
  return below(fids.get(fid).path, name);
}

export const mkdir = change(
  (body) => ({ folder: body.u32(), name: body.text(), mode: body.u32(), group: body.u32() }),
  async (session, { folder, name, mode }, reply) => {
    const stats = await session.tree.at(childOf(session, folder, name), async (absolute) => {
      await makeFolder(absolute, mode & 0o777);
      const made = {
        stat: () => lstat(absolute, { bigint: true }),
        chmod: (wanted: number) => chmod(absolute, wanted),
      };
      await giveMode(made, mode);
      return made.stat();
    });
    reply.qid(session.identities.qid(stats));
  },
);

/** The target is the guest's affair, and is written down as it is. */
export const symlink = change(
  (body) => ({ folder: body.u32(), name: body.text(), target: body.text(), group: body.u32() }),
  async (session, { folder, name, target }, reply) => {
    if (target === '') throw new Refusal('ENOENT');
    if (Buffer.byteLength(target) >= longestTarget) throw new Refusal('ENAMETOOLONG');
    if (target.includes('\0')) throw new Refusal('EINVAL');
    const path = childOf(session, folder, name);
    const stats = await session.tree.alone([path, path], async (absolute) => {
      await makeLink(target, absolute, linkType);
      return lstat(absolute, { bigint: true });
    });
    reply.qid(session.identities.qid(stats));
  },
);

const typeBits = 0o170000;
const regularFile = 0o100000;

/** A file can be made like this, too. Node makes neither pipes nor sockets nor devices. */
export const mknod = change(
  (body) => ({
    folder: body.u32(),
    name: body.text(),
    mode: body.u32(),
    device: [body.u32(), body.u32()],
    group: body.u32(),
  }),
  async (session, { folder, name, mode }, reply) => {
    const path = childOf(session, folder, name);
    const type = mode & typeBits;
    if (type !== regularFile && type !== 0) throw new Refusal('EOPNOTSUPP');
    const stats = await session.tree.at(path, async (absolute) => {
      const handle = await createFile(absolute, mode, constants.O_WRONLY);
      await handle.close();
      return lstat(absolute, { bigint: true });
    });
    reply.qid(session.identities.qid(stats));
  },
);

/** Only files get a second name: on macOS the second name of a link would be one of what it leads to. */
export const link = change(
  (body) => ({ folder: body.u32(), fid: body.u32(), name: body.text() }),
  async (session, { folder, fid, name }) => {
    const to = childOf(session, folder, name);
    await session.tree.alone([session.fids.get(fid).path, to], async (existing, added) => {
      if (!(await lstat(existing)).isFile()) throw new Refusal('EPERM');
      await linkFile(existing, added);
    });
  },
);

async function move({ tree, fids }: Session, from: TreePath, to: TreePath): Promise<void> {
  if (from === '') throw new Refusal('EBUSY');
  await tree.alone([from, to], async (before, after) => {
    await moveFile(before, after);
    fids.moved(from, to);
  });
}

export const rename = change(
  (body) => ({ fid: body.u32(), folder: body.u32(), name: body.text() }),
  (session, { fid, folder, name }) =>
    move(session, session.fids.get(fid).path, childOf(session, folder, name)),
);

export const renameAt = change(
  (body) => ({ fromFolder: body.u32(), from: body.text(), toFolder: body.u32(), to: body.text() }),
  (session, { fromFolder, from, toFolder, to }) =>
    move(session, childOf(session, fromFolder, from), childOf(session, toFolder, to)),
);

/** Linux says which of the two it was not; this system's own answers differ from that. */
export const unlinkAt = change(
  (body) => ({ folder: body.u32(), name: body.text(), flags: body.u32() }),
  (session, { folder, name, flags }) =>
    session.tree.at(childOf(session, folder, name), async (absolute) => {
      const isFolder = (await lstat(absolute)).isDirectory();
      if (flags & removeFolder && !isFolder) throw new Refusal('ENOTDIR');
      if (!(flags & removeFolder) && isFolder) throw new Refusal('EISDIR');
      await removeEntry(absolute, isFolder);
    }),
);

/** The fid is gone after that, also where what it stands for is not. */
export const remove = operation(
  (body) => body.u32(),
  async (session, fid) => {
    const { path } = session.fids.get(fid);
    try {
      requireWritable(session);
      if (path === '') throw new Refusal('EBUSY');
      await session.tree.at(path, async (absolute) =>
        removeEntry(absolute, (await lstat(absolute)).isDirectory()),
      );
    } finally {
      await session.fids.clunk(fid);
    }
  },
);

const removeEntry = (absolute: string, isFolder: boolean) => (isFolder ? rmdir(absolute) : unlink(absolute));
