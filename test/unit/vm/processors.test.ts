import { expect, it } from 'vitest';
import { usableProcessors } from '#vm/qemu/processors';

const emulated = { arch: 'amd64', accelerator: 'tcg' } as const;

it.each(['5.2.0', '7.2.22', '8.0.5'])(
  'a PC that QEMU %s emulates gets one processor, and why',
  (qemuVersion) => {
    expect(usableProcessors(4, { ...emulated, qemuVersion })).toEqual({
      count: 1,
      why: expect.stringContaining(`QEMU ${qemuVersion}`),
    });
    expect(usableProcessors(1, { ...emulated, qemuVersion })).toEqual({ count: 1, why: null });
  },
);

it.each(['8.1', '8.2.2', '9.0.0', '10.0.2'])('QEMU %s emulates as many as it is to', (qemuVersion) => {
  expect(usableProcessors(4, { ...emulated, qemuVersion })).toEqual({ count: 4, why: null });
});

it('gives them all where a processor runs the guest itself, and on ARM, whose code is replaced without a trap', () => {
  expect(usableProcessors(4, { ...emulated, accelerator: 'kvm', qemuVersion: '7.2.22' }).count).toBe(4);
  expect(usableProcessors(4, { ...emulated, arch: 'arm64', qemuVersion: '7.2.22' }).count).toBe(4);
});
