import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installCommand } from '#vm/qemu/install';
import { kernelArguments } from '#vm/qemu/kernel-arguments';
import { findProgram, findQemu } from '#vm/qemu/programs';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function program(name: string, says: string, code = 0): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\necho "${says}"\nexit ${code}\n`, { mode: 0o755 });
  return path;
}

describe('QEMU on this computer', () => {
  it('is found on the path, with its version', async () => {
    const path = await program('qemu-system-x86_64', 'QEMU emulator version 10.0.2 (Debian 1:10.0.2)');
    expect(await findQemu('amd64', { PATH: `/nowhere:${folder}` })).toEqual({
      program: path,
      version: '10.0.2',
    });
    expect(await findQemu('arm64', { PATH: folder })).toBeNull();
  });

  it('can be named, and is not looked for elsewhere then', async () => {
    const path = await program('my-qemu', 'QEMU emulator version 9.1');
    expect(await findQemu('amd64', { PATH: '', GANTRY_QEMU: path })).toEqual({
      program: path,
      version: '9.1',
    });
    expect(await findQemu('amd64', { GANTRY_QEMU: join(folder, 'none') })).toBeNull();
  });

  it('is not there when it does not run, or is no program', async () => {
    await program('qemu-system-x86_64', 'cannot open shared object file', 127);
    expect(await findQemu('amd64', { PATH: folder })).toBeNull();
    await chmod(join(folder, 'qemu-system-x86_64'), 0o644);
    expect(await findProgram('qemu-system-x86_64', { PATH: folder })).toBeNull();
  });
});

describe('the command that installs QEMU', () => {
  it.each([
    ['apt-get', 'sudo apt-get install --no-install-recommends qemu-system-x86 qemu-utils'],
    ['zypper', 'sudo zypper install qemu-x86 qemu-tools'],
    ['brew', 'brew install qemu'],
  ])('is that of %s where that is there', async (name, command) => {
    await program(name, '');
    expect(await installCommand('amd64', { PATH: folder })).toBe(command);
  });

  it('is not known without a package manager', async () => {
    expect(await installCommand('amd64', { PATH: folder })).toBeNull();
  });
});

describe('the guest kernel’s command line', () => {
  it('takes the guards against faults of real processors away under emulation alone', () => {
    expect(kernelArguments('amd64', 'tcg')).toMatch(/^console=ttyS0 .*\bmitigations=off\b/);
    expect(kernelArguments('amd64', 'kvm')).not.toContain('mitigations');
    expect(kernelArguments('arm64', 'hvf')).toMatch(/^console=ttyAMA0 /);
  });

  it('ends the machine after a panic', () => {
    for (const accelerator of ['kvm', 'tcg'] as const) {
      expect(kernelArguments('amd64', accelerator).split(' ')).toContain('panic=-1');
    }
  });
});
