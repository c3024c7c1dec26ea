import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { hostBoot } from './host-boot';
import type { GuestImage } from './image';
import type { Places } from './places';
import { readRecord, writeRecord } from './records';

const looks = z.array(z.string());

/** What whoever writes to a file changes. The time of its last change (ctime) can be put back by no program. */
async function lookOf(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [path, dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/**
 * How an image's files look from outside. Holds until this computer is started anew: what a disk loses when the power
 * fails changes no time.
 */
export async function looksOf({ kernel, initrd, root, welcome }: GuestImage): Promise<string[]> {
  return [await hostBoot(), ...(await Promise.all([kernel, initrd, root, welcome].map(lookOf)))];
}

/** @param seen how the files looked before every byte of them was found as it should be */
export const rememberLooks = ({ imageLooks }: Places, seen: readonly string[]): Promise<void> =>
  writeRecord(imageLooks, seen);

/** Whether nobody has written to the image since every byte of it was checked. */
export async function looksAsChecked(image: GuestImage, { imageLooks }: Places): Promise<boolean> {
  const checked = await readRecord(imageLooks, looks);
  if (checked === null) return false;
  const now = await looksOf(image);
  return now.length === checked.length && now.every((look, index) => look === checked[index]);
}
