import { readlink, statfs } from 'node:fs/promises';
import { writeAttributes } from './attributes';
import { Refusal } from './errno';
import type { Fid } from './fids';
import { checkName, longestName } from './names';
import { operation, refused, type Session } from './operation';
import { linkTarget } from './platform';
import { above, below, type TreePath } from './tree';
import type { Qid } from './wire';

/** `P9_MAXWELEM`: names in one walk. */
const longestWalk = 16;

/** `V9FS_MAGIC` of Linux's magic.h: the type of the file system that programs in the guest see. */
const fileSystemType = 0x01021997;

/** There is nothing to prove: whoever has the stream may use the folder. */
export const auth = refused('EOPNOTSUPP');

export const walk = operation(
  (body) => ({
    fid: body.u32(),
    newFid: body.u32(),
    names: Array.from({ length: body.u16() }, () => body.text()),
  }),
  async (session, request, reply) => {
    if (request.names.length > longestWalk) throw new Refusal('EINVAL');
    const fid = session.fids.get(request.fid);
    const { path, qids } = await follow(session, fid.path, request.names);
    // Where only the first part is there, the answer says so, and the new fid does not come to be.
    if (qids.length === request.names.length) arrive(session, request, fid, path);
    reply.u16(qids.length);
    for (const qid of qids) reply.qid(qid);
  },
);

/** @throws Refusal or Node's error if not even the first name is there */
async function follow(
  session: Session,
  from: TreePath,
  names: string[],
): Promise<{ path: TreePath; qids: Qid[] }> {
  const qids: Qid[] = [];
  let path = from;
  try {
    for (const name of names) {
      if (name !== '..') checkName(name);
      path = name === '..' ? above(path) : below(path, name);
      qids.push(session.identities.qid(await session.tree.look(path)));
    }
  } catch (error) {
    if (qids.length === 0) throw error;
  }
  return { path, qids };
}

function arrive(session: Session, request: { fid: number; newFid: number }, fid: Fid, path: TreePath): void {
  if (request.newFid !== request.fid) {
    session.fids.add(request.newFid, path);
    return;
  }
  if (fid.opened) throw new Refusal('EBADF');
  fid.path = path;
}

export const clunk = operation(
  (body) => body.u32(),
  ({ fids }, fid) => fids.clunk(fid),
);

/** An open file is asked itself: it may have no name any more. */
export const getattr = operation(
  (body) => ({ fid: body.u32(), mask: body.u64() }),
  async ({ fids, tree, identities, msize }, request, reply) => {
    const fid = fids.get(request.fid);
    const opened = await fid.opened;
    const stats =
      opened?.kind === 'file' ? await opened.handle.stat({ bigint: true }) : await tree.look(fid.path);
    writeAttributes(reply, stats, identities.qid(stats), msize);
  },
);

export const readLink = operation(
  (body) => body.u32(),
  async ({ fids, tree }, fid, reply) => {
    reply.text(linkTarget(await tree.at(fids.get(fid).path, (absolute) => readlink(absolute))));
  },
);

export const fileSystem = operation(
  (body) => body.u32(),
  async ({ fids, tree }, fid, reply) => {
    fids.get(fid);
    // Of the shared folder: what is asked for could be a link, which `statfs` follows.
    const stats = await tree.inside('', (folder) => statfs(folder, { bigint: true }));
    reply.u32(fileSystemType).u32(Number(stats.bsize));
    reply.u64(stats.blocks).u64(stats.bfree).u64(stats.bavail).u64(stats.files).u64(stats.ffree);
    reply.u64(0n).u32(longestName);
  },
);

/**
 * The guest's kernel decides on locks among its own programs before it asks (`v9fs_file_do_lock`), and is the only one
 * to ask: so each is granted. Programs of this computer do not hear of them.
 */
export const lock = operation(
  (body) => ({
    fid: body.u32(),
    type: body.u8(),
    flags: body.u32(),
    start: body.u64(),
    length: body.u64(),
    process: body.u32(),
    client: body.text(),
  }),
  async ({ fids }, { fid }, reply) => {
    fids.get(fid);
    reply.u8(lockSuccess);
  },
);

const lockSuccess = 0;
const unlocked = 2;

export const getLock = operation(
  (body) => ({
    fid: body.u32(),
    type: body.u8(),
    start: body.u64(),
    length: body.u64(),
    process: body.u32(),
    client: body.text(),
  }),
  async ({ fids }, { fid, start, length, process, client }, reply) => {
    fids.get(fid);
    reply.u8(unlocked).u64(start).u64(length).u32(process).text(client);
  },
);
