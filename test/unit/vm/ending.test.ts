import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnding } from '#vm/ending';

let folder: string;
let serialLog: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  serialLog = join(folder, 'serial.log');
});
afterEach(() => rm(folder, { recursive: true }));

async function endingAfter(...lines: string[]) {
  await writeFile(serialLog, lines.map((line) => `${line}\r\n`).join(''));
  return readEnding({ serialLog }, 'QEMU ended with code 0');
}

describe('the end of a machine', () => {
  it("is told in the kernel's words when it panicked", async () => {
    const ending = await endingAfter(
      'GANTRY 9.1 ready',
      '[   20.1] Kernel panic - not syncing: sysrq triggered crash',
      '[   20.2] Call Trace:',
    );
    expect(ending).toMatchObject({
      why: "The guest's kernel gave up: sysrq triggered crash",
      byItself: false,
      said: expect.stringContaining('Call Trace'),
    });
  });

  it('is told in the words of the init when the engine does not start any more', async () => {
    const { why, byItself } = await endingAfter('GANTRY 99.1 failed engine engine-ended no room');
    expect(why).toMatch(/^Docker Engine ended .*\(no room\)$/);
    expect(byItself).toBe(false);
  });

  it('is no crash when the guest was switched off from inside', async () => {
    expect(await endingAfter('GANTRY 50.1 stopping', 'GANTRY 60.1 power-off')).toMatchObject({
      byItself: true,
    });
  });

  it('is told in the words of QEMU when the guest said nothing of it', async () => {
    const ending = { why: 'QEMU ended with code 0', byItself: false };
    expect(await endingAfter('GANTRY 9.1 ready')).toMatchObject(ending);
    await rm(serialLog);
    expect(await readEnding({ serialLog }, ending.why)).toEqual({ ...ending, said: '' });
  });
});
