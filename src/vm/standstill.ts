import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { openDisk } from './disk/disk';
import type { Guest } from './guest';
import { pause } from './pause';
import type { Places } from './places';
import { nothing } from './qemu/qmp';

/** QEMU's event for a failed read or write of a disk: https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html */
const failedWrite = z.object({
  event: z.literal('BLOCK_IO_ERROR'),
  data: z.object({
    action: z.literal('stop'),
    nospace: z.boolean().optional(),
    reason: z.string().optional(),
  }),
});

const runState = z.object({ status: z.string() });

/** No system tells that room became free; a look costs next to nothing. */
const lookMs = 2000;
/** Less room than this would be gone again at once. */
const enoughBytes = 64 * 1024 ** 2;
/** A write that fails again does so at once: the machine waits for nothing else. */
const settledMs = 500;

/** Why the machine stands still. */
export interface Standstill {
  /** The folder of the data disk has no room. */
  full: boolean;
  /** The system's own words. */
  said: string;
}

/**
 * Watches for the machine standing still because this computer could not write its data disk, and lets it go on when
 * the disk has room (or, after another error, when a write succeeds). Nothing is lost meanwhile: the guest waits.
 * @param tell gets the reason, and null when the machine goes on
 */
export function watchStandstill(
  guest: Guest,
  places: Places,
  tell: (standstill: Standstill | null) => void,
): void {
  const { qmp, signal } = guest;
  let standing: Standstill | null = null;
  const status = async () => (await qmp.execute('query-status', {}, runState, signal)).status;
  const goesOn = async ({ full }: Standstill): Promise<boolean> => {
    if (full && (await freeBytes(places)) < enoughBytes) return false;
    await qmp.execute('cont', {}, nothing, signal);
    await pause(settledMs, signal);
    return (await status()) !== 'io-error';
  };
  const wait = async (): Promise<void> => {
    while (standing && !signal.aborted) {
      await pause(lookMs, signal);
      if (signal.aborted || !(await goesOn(standing))) continue;
      standing = null;
      tell(null);
    }
  };
  const stands = (why: Standstill): void => {
    const before = standing;
    standing = why;
    if (before) return;
    tell(why);
    // QEMU that ends, or does not answer any more, is seen by whoever owns it.
    wait().catch(() => undefined);
  };
  const stopListening = qmp.onEvent((event) => {
    const { data } = failedWrite.safeParse(event);
    if (data) stands({ full: data.data.nospace ?? false, said: data.data.reason ?? '' });
  });
  signal.addEventListener('abort', stopListening, { once: true });
  // One that an earlier keeper left standing.
  status()
    .then((now) => now === 'io-error' && stands({ full: true, said: '' }))
    .catch(() => undefined);
}

async function freeBytes(places: Places): Promise<number> {
  const disk = await openDisk(places.diskRecord);
  if (!disk) return 0;
  const { bavail, bsize } = await statfs(dirname(disk.path));
  return bavail * bsize;
}
