import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPlaces, type Places, places } from '#vm/places';
import { chooseAccelerator, probe, rememberFailure } from '#vm/qemu/accelerator';
import { findQemu, type Program } from '#vm/qemu/programs';

const signal = new AbortController().signal;
const virtualises = /^flags\s*:.*\b(vmx|svm)\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'));

let folder: string;
let all: Places;
let qemu: Program;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  all = openPlaces(places(folder));
  const found = await findQemu('amd64');
  if (!found) throw new Error('These tests need QEMU');
  qemu = found;
});
afterEach(() => rm(folder, { recursive: true }));

const choose = () => chooseAccelerator({ arch: 'amd64', qemu, places: all, signal });

describe('the choice of the accelerator', () => {
  it('runs the tiny guest to its end under emulation', async () => {
    expect(await probe('amd64', 'tcg', qemu.program, signal)).toBe(true);
  });

  it.runIf(!virtualises)('emulates without hardware virtualisation, and says so', async () => {
    expect(await choose()).toEqual({
      name: 'tcg',
      why:
        'The processor of this computer offers no hardware virtualisation (neither VMX nor SVM); it may be switched off in its firmware. ' +
        'The VM is emulated in software, which is several times slower.',
    });
  });

  it.runIf(!virtualises && existsSync('/dev/kvm'))(
    'tells a KVM that is there from one that works',
    async () => {
      expect(await probe('amd64', 'kvm', qemu.program, signal)).toBe(false);
    },
  );

  it('gives a guest that hangs up, and one whose QEMU fails', async () => {
    const hanging = join(folder, 'hanging');
    await writeFile(hanging, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    expect(await probe('amd64', 'kvm', hanging, signal)).toBe(false);
    expect(await probe('amd64', 'kvm', '/bin/false', signal)).toBe(false);
    await expect(probe('amd64', 'kvm', hanging, AbortSignal.timeout(100))).rejects.toThrow('timeout');
  });

  it('remembers for this boot of the computer and this QEMU that the real guest did not run', async () => {
    const why = 'The guest ended before its first line.';
    await rememberFailure({ name: 'kvm', qemu, places: all, why });
    expect(await choose()).toEqual({
      name: 'tcg',
      why: `${why} The VM is emulated in software, which is several times slower.`,
    });
    const record: unknown = JSON.parse(await readFile(all.acceleratorRecord, 'utf8'));
    await writeFile(all.acceleratorRecord, JSON.stringify(Object.assign({}, record, { boot: 'another' })));
    expect((await choose()).why).not.toContain(why);
  });

  it('ignores a record that cannot be read', async () => {
    await writeFile(all.acceleratorRecord, '{');
    expect((await choose()).why).not.toBe('');
  });
});
