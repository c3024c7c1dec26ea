import { expect, it } from 'vitest';
import { guestPath, hostPath } from '#contract/guest-path';

it('leaves the paths of Linux and macOS as they are', () => {
  for (const path of ['/', '/home/ada/a b', '/Users/ada/c:d'])
    expect([guestPath(path), hostPath(path, 'darwin')]).toEqual([path, path]);
});

it('makes a folder of each drive of Windows', () => {
  const pairs = [
    ['C:\\Users\\ada\\my files', '/c/Users/ada/my files'],
    ['D:\\', '/d'],
  ] as const;
  for (const [windows, guest] of pairs) {
    expect(guestPath(windows)).toBe(guest);
    expect(hostPath(guest, 'win32')).toBe(windows);
  }
  expect(guestPath('C:/Users/ada/')).toBe('/c/Users/ada');
});

it('knows no drive in a folder of the guest', () => {
  expect(hostPath('/var/lib', 'win32')).toBe('/var/lib');
});
