import type { VmUsage } from '#contract';
import { maxDiskGiB } from '#contract/vm-limits';

const gib = 1024 ** 3;

/** Left to this computer, whatever the disk takes. */
const spareBytes = 4 * gib;
/** Disks grow by a multiple of this. */
const stepGiB = 16;

/** Of the guest's disk, and beside it on this computer. */
type Room = Pick<NonNullable<VmUsage['disk']>, 'sizeBytes' | 'hostBytes' | 'hostFreeBytes'>;

/** How large the disk may be, in whole GiB, so that this computer still has room when all of it is used. */
function mostGiB({ hostBytes, hostFreeBytes }: Room): number {
  return Math.min(maxDiskGiB, Math.floor((hostBytes + hostFreeBytes - spareBytes) / gib));
}

/** Whether this computer has the room for a disk of this size, were it filled. */
export const hasRoomFor = (sizeGiB: number, room: Room): boolean => sizeGiB <= mostGiB(room);

/**
 * A sensible larger size for a full disk, in GiB: half as large again, at least 16 more, or less where this computer has
 * not so much. Null where it has no room for a step.
 */
export function largerDisk(room: Room): number | null {
  const now = Math.ceil(room.sizeBytes / gib);
  const step = Math.max(stepGiB, Math.round(now / 2 / stepGiB) * stepGiB);
  const most = mostGiB(room);
  for (let size = now + step; size > now; size -= stepGiB) if (size <= most) return size;
  return null;
}
