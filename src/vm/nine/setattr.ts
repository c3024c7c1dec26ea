import type { BigIntStats } from 'node:fs';
import { chmod, lstat, lutimes } from 'node:fs/promises';
import { Refusal } from './errno';
import { giveMode, type Moded } from './modes';
import { truncate } from './opening';
import { change } from './operation';

/** `P9_SETATTR_…`: what is to be set. The owner's bits and that of the time of change are taken, and have no effect. */
const bit = { mode: 0x1, size: 0x8, atime: 0x10, mtime: 0x20, atimeSet: 0x80, mtimeSet: 0x100 } as const;

interface Wanted {
  valid: number;
  mode: number;
  size: bigint;
  atime: Time;
  mtime: Time;
}

interface Time {
  seconds: bigint;
  nanoseconds: bigint;
}

/** What is changed: an open file, which may have no name any more, or what is at a path. Size in bytes, times in seconds. */
interface Target extends Moded {
  truncate(size: number): Promise<void>;
  utimes(atime: number, mtime: number): Promise<void>;
}

export const setattr = change(
  (body) => ({
    fid: body.u32(),
    wanted: {
      valid: body.u32(),
      mode: body.u32(),
      owner: [body.u32(), body.u32()],
      size: body.u64(),
      atime: { seconds: body.u64(), nanoseconds: body.u64() },
      mtime: { seconds: body.u64(), nanoseconds: body.u64() },
    },
  }),
  async ({ fids, tree }, request) => {
    const fid = fids.get(request.fid);
    const opened = await fid.opened;
    // Windows lets only those change a file's attributes who may write it.
    if (opened?.kind === 'file' && opened.writable) await apply(opened.handle, request.wanted);
    else await tree.at(fid.path, (absolute) => apply(atPath(absolute), request.wanted));
  },
);

async function apply(target: Target, { valid, mode, size, atime, mtime }: Wanted): Promise<void> {
  if (valid & bit.size) {
    if (size > BigInt(Number.MAX_SAFE_INTEGER)) throw new Refusal('EFBIG');
    await target.truncate(Number(size));
  }
  if (valid & bit.mode) await giveMode(target, mode);
  if (!(valid & (bit.atime | bit.mtime))) return;
  const now = Date.now() / 1000;
  const stats = await target.stat({ bigint: true });
  const chosen = (time: Time, wanted: number, set: number, old: bigint) => {
    if (!(valid & wanted)) return Number(old) / 1e9;
    return valid & set ? inSeconds(time) : now;
  };
  await target.utimes(
    chosen(atime, bit.atime, bit.atimeSet, stats.atimeNs),
    chosen(mtime, bit.mtime, bit.mtimeSet, stats.mtimeNs),
  );
}

/** Seconds as Node takes them: exact to less than a microsecond. @throws Refusal EINVAL for what no disk can write down */
function inSeconds({ seconds, nanoseconds }: Time): number {
  const signed = BigInt.asIntN(64, seconds);
  if (nanoseconds >= 1_000_000_000n || signed > latest || signed < -latest) throw new Refusal('EINVAL');
  return Number(signed) + Number(nanoseconds) / 1e9;
}

/** In the year 2446, where ext4 ends; every disk's own limits are checked by its system. */
const latest = 15_032_385_535n;

/** A link has no mode and no size of its own that could be changed, and is not followed. */
function atPath(absolute: string): Target {
  const stat = (): Promise<BigIntStats> => lstat(absolute, { bigint: true });
  return {
    stat,
    chmod: async (mode) => {
      if ((await stat()).isSymbolicLink()) throw new Refusal('EOPNOTSUPP');
      await chmod(absolute, mode);
    },
    truncate: (size) => truncate(absolute, size),
    utimes: (atime, mtime) => lutimes(absolute, atime, mtime),
  };
}
