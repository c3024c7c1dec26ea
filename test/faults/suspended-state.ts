import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { open, rename, stat, truncate } from 'node:fs/promises';
import type { MachineFault } from './fault';
import type { FaultHome } from './fault-home';
import type { Steady } from './steady';

/** What the header of a state file says, as src/vm/qemu/state-file.ts writes it: JSON in the first block. */
async function changeHeader(path: string, change: (header: Record<string, unknown>) => void): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { buffer } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    const header = JSON.parse(buffer.toString('utf8'));
    change(header);
    await file.write(Buffer.from(JSON.stringify(header).padEnd(4096)), 0, 4096, 0);
  } finally {
    await file.close();
  }
}

async function bootsInstead(home: FaultHome, steady: Steady, reason: RegExp): Promise<string> {
  await home.vm.start();
  assert.match(home.state.reason ?? '', reason);
  assert.ok(!existsSync(home.places.stateFile), 'The state file is still there');
  await steady.again();
  return home.state.reason ?? '';
}

export function suspendedStates(steady: () => Steady): MachineFault[] {
  const spoilt = (name: string, spoil: (path: string) => Promise<void>, reason: RegExp): MachineFault => ({
    name: `the suspended state ${name}: the machine boots instead`,
    long: true,
    check: async (home) => {
      await home.vm.suspend();
      await spoil(home.places.stateFile);
      return bootsInstead(home, steady(), reason);
    },
  });
  return [
    spoilt('is cut off', async (path) => truncate(path, (await stat(path)).size - 4096), /cut off/),
    spoilt(
      'is of another version',
      (path) =>
        changeHeader(path, (header) => {
          header.format = 'gantry-state-0';
        }),
      /not one of this version/,
    ),
    spoilt(
      'belongs to another machine',
      (path) =>
        changeHeader(path, (header) => {
          header.binding = '0'.repeat(64);
        }),
      /another QEMU, image, disk or setting/,
    ),
    {
      name: 'the disk of a suspended machine is not there, and comes back',
      long: true,
      check: async (home) => {
        const same = await steady().remember();
        const { disk } = await home.vm.usage();
        assert.ok(disk);
        await home.vm.suspend();
        await rename(disk.path, `${disk.path}.away`);
        const problem = await home.refusal();
        assert.equal(problem.code, 'vm-disk-missing');
        assert.ok(!existsSync(disk.path), 'Another disk was created');
        assert.ok(existsSync(home.places.stateFile), 'The suspended state is gone');
        await rename(`${disk.path}.away`, disk.path);
        await home.vm.start();
        await same();
        return problem.title;
      },
    },
  ];
}
