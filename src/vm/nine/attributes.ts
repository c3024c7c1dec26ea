import type { BigIntStats } from 'node:fs';
import { hasModes, modeWithoutModes } from './platform';
import type { Qid, WireWriter } from './wire';

/**
 * Everything belongs to root in the guest, as the user's files do with virtiofs: a container's root writes them, and
 * what it writes is the user's. A change of the owner is taken and has no effect.
 */
const owner = { uid: 0, gid: 0 };

const typeBits = 0o170000;

/** Which answers count, of `P9_GETATTR_…`: all up to the blocks. */
const answered = 0x7ffn;

const blockBytes = 4096;

/** `P9_IOHDRSZ`: what the kernel leaves for the header of a read or write, in bytes. */
const contentHeaderBytes = 24;

/** Gives files the numbers by which the client tells them apart, for one session. */
export class Identities {
  /** Disks, in the order in which they were met; the shared folder's own is 0. */
  readonly #disks = new Map<bigint, bigint>();

  qid(stats: BigIntStats): Qid {
    return { type: qidType(stats), version: version(stats), path: this.#path(stats) };
  }

  /** A file's number is its own on one disk only. Those of other disks are scattered over all 64 bits. */
  #path({ dev, ino }: BigIntStats): bigint {
    // Windows tells a disk's number in 32 or 64 bits, from call to call.
    const disk = BigInt.asUintN(32, dev);
    const index = this.#disks.get(disk) ?? BigInt(this.#disks.size);
    this.#disks.set(disk, index);
    return BigInt.asUintN(64, ino ^ (index * 0x9e3779b97f4a7c15n));
  }
}

function qidType(stats: BigIntStats): number {
  if (stats.isDirectory()) return 0x80;
  return stats.isSymbolicLink() ? 0x02 : 0;
}

/** Never 0, which tells the kernel to remember nothing of the file (`v9fs_fid_add_modes`). */
const version = ({ mtimeNs, size }: BigIntStats): number =>
  Number(BigInt.asUintN(32, mtimeNs ^ (size << 8n))) || 1;

/** `DT_DIR` and so on, as in Linux's `getdents`: the bits of the mode that tell the type. */
export const entryType = ({ mode }: BigIntStats): number => (Number(mode) & typeBits) >> 12;

/** Node gives the bits of Linux on every system. */
function modeOf({ mode }: BigIntStats): number {
  return hasModes ? Number(mode) : (Number(mode) & typeBits) | modeWithoutModes;
}

/** What `Rgetattr` says of a file. `rdev` is 0: a device of this computer is none of the guest's. */
export function writeAttributes(reply: WireWriter, stats: BigIntStats, qid: Qid, msize: number): void {
  reply.u64(answered).qid(qid).u32(modeOf(stats)).u32(owner.uid).u32(owner.gid);
  reply.u64(stats.nlink).u64(0n).u64(stats.size);
  // Programs read and write in pieces of this size: as much as goes into one frame.
  reply.u64(BigInt(msize - contentHeaderBytes - ((msize - contentHeaderBytes) % blockBytes)));
  // In units of 512 bytes.
  reply.u64(stats.blocks);
  for (const time of [stats.atimeNs, stats.mtimeNs, stats.ctimeNs, 0n]) writeTime(reply, time);
  reply.u64(0n).u64(0n);
}

/** Seconds, and nanoseconds after them, also for times before 1970. */
function writeTime(reply: WireWriter, nanoseconds: bigint): void {
  const rest = BigInt.asUintN(64, ((nanoseconds % billion) + billion) % billion);
  reply.u64((nanoseconds - rest) / billion).u64(rest);
}

const billion = 1_000_000_000n;
