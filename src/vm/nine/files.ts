import { entryType } from './attributes';
import { Refusal } from './errno';
import { openedFile } from './fids';
import type { Entry } from './listing';
import { checkName } from './names';
import { createFid, mannerOf, openFid } from './opening';
import { change, operation, requireWritable } from './operation';
import { headerBytes, type Qid } from './wire';

/** 0: as much as goes into a frame. */
const unitOfReading = 0;

/** Bytes of an answer before its content: the header, and the content's length. */
const contentStart = headerBytes + 4;

/** @throws Refusal EFBIG beyond what Node can count */
function place(offset: bigint): number {
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) throw new Refusal('EFBIG');
  return Number(offset);
}

export const lopen = operation(
  (body) => ({ fid: body.u32(), flags: body.u32() }),
  async (session, request, reply) => {
    const manner = mannerOf(request.flags);
    if (manner.writable || manner.truncate) requireWritable(session);
    const fid = session.fids.get(request.fid);
    const opened = await openFid(session, fid, manner);
    const stats =
      opened.kind === 'file' ? await opened.handle.stat({ bigint: true }) : await session.tree.look(fid.path);
    reply.qid(session.identities.qid(stats)).u32(unitOfReading);
  },
);

export const lcreate = change(
  (body) => ({
    fid: body.u32(),
    name: body.text(),
    flags: body.u32(),
    mode: body.u32(),
    group: body.u32(),
  }),
  async (session, { fid, name, flags, mode }, reply) => {
    checkName(name);
    const opened = await createFid(session, session.fids.get(fid), { name, mode, manner: mannerOf(flags) });
    if (opened.kind !== 'file') throw new Refusal('EISDIR');
    const stats = await opened.handle.stat({ bigint: true });
    reply.qid(session.identities.qid(stats)).u32(unitOfReading);
  },
);

export const read = operation(
  (body) => ({ fid: body.u32(), offset: body.u64(), count: body.u32() }),
  async ({ fids, msize }, { fid, offset, count }, reply) => {
    const { handle, readable } = await openedFile(fids.get(fid));
    if (!readable) throw new Refusal('EBADF');
    const position = place(offset);
    await reply.content(Math.min(count, msize - contentStart), async (room) => {
      if (room.length === 0) return 0;
      return (await handle.read(room, 0, room.length, position)).bytesRead;
    });
  },
);

export const write = change(
  (body) => ({ fid: body.u32(), offset: body.u64(), content: body.bytes(body.u32()) }),
  async ({ fids }, { fid, offset, content }, reply) => {
    const { handle, writable } = await openedFile(fids.get(fid));
    if (!writable) throw new Refusal('EBADF');
    const { bytesWritten } = await handle.write(content, 0, content.length, place(offset));
    reply.u32(bytesWritten);
  },
);

/** A folder has nothing to be written out by itself; Windows lets only those do it who may write. */
export const fsync = operation(
  (body) => ({ fid: body.u32(), contentOnly: body.u32() }),
  async ({ fids }, { fid, contentOnly }) => {
    const opened = await fids.get(fid).opened;
    if (!opened) throw new Refusal('EBADF');
    if (opened.kind === 'folder' || !opened.writable) return;
    await (contentOnly ? opened.handle.datasync() : opened.handle.sync());
  },
);

export const readdir = operation(
  (body) => ({ fid: body.u32(), offset: body.u64(), count: body.u32() }),
  async ({ fids, identities, msize }, { fid, offset, count }, reply) => {
    const opened = await fids.get(fid).opened;
    if (opened?.kind !== 'folder') throw new Refusal('EBADF');
    await reply.content(Math.min(count, msize - contentStart), async (room) => {
      let at = 0;
      for await (const entry of opened.listing.from(offset)) {
        const next = writeEntry(room, at, entry, identities.qid(entry.stats));
        // No content at all would say that the folder ends here.
        if (next === null && at === 0) throw new Refusal('EINVAL');
        if (next === null) break;
        at = next;
      }
      return at;
    });
  },
);

/** qid[13] offset[8] type[1] name[s]. Gives where it ends, or null where there is no room for it. */
function writeEntry(room: Buffer, at: number, { name, next, stats }: Entry, qid: Qid): number | null {
  const length = Buffer.byteLength(name);
  const end = at + 24 + length;
  if (end > room.length) return null;
  room.writeUInt8(qid.type, at);
  room.writeUInt32LE(qid.version, at + 1);
  room.writeBigUInt64LE(qid.path, at + 5);
  room.writeBigUInt64LE(next, at + 13);
  room.writeUInt8(entryType(stats), at + 21);
  room.writeUInt16LE(length, at + 22);
  room.write(name, at + 24);
  return end;
}
