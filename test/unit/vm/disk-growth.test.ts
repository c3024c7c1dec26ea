import { expect, test } from 'vitest';
import { hasRoomFor, largerDisk } from '#vm/disk/growth';

const gib = 1024 ** 3;
const full = (sizeGiB: number, freeGiB: number) => ({
  sizeBytes: sizeGiB * gib,
  hostBytes: sizeGiB * gib,
  hostFreeBytes: freeGiB * gib,
});

test('a disk grows by half, by 16 GiB at least, and by what this computer has', () => {
  expect(largerDisk(full(64, 500))).toBe(96);
  expect(largerDisk(full(100, 500))).toBe(148);
  expect(largerDisk(full(8, 500))).toBe(24);
  expect(largerDisk(full(64, 24))).toBe(80);
  expect(largerDisk(full(64, 19))).toBeNull();
  expect(largerDisk(full(2048, 9000))).toBeNull();
  expect(largerDisk(full(2030, 9000))).toBe(2046);
});

test('what the file does not take yet counts as well', () => {
  // 64 GiB promised, 10 of them taken: the other 54 would have to come from the same free room.
  const room = { sizeBytes: 64 * gib, hostBytes: 10 * gib, hostFreeBytes: 60 * gib };
  expect(largerDisk(room)).toBeNull();
  expect(hasRoomFor(66, room)).toBe(true);
  expect(hasRoomFor(67, room)).toBe(false);
});
