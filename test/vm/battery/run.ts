import { createHash, randomBytes } from 'node:crypto';
import { describe, expect } from 'vitest';
import { type Battery, theCase } from './case';
import { BOX } from './images';

const MB = 1024 * 1024;
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

export function runCases(battery: Battery): void {
  describe('docker run', () => {
    theCase(battery, 'keeps both outputs apart and gives the exit code', 20, async (box) => {
      const script = 'echo out; echo err >&2; exit 7';
      const name = box.container();
      const done = await box.ended({}, 'run', '--rm', '--name', name, BOX, 'sh', '-c', script);
      expect([done.code, done.text]).toEqual([7, 'out\n']);
      // The engine may have warned of something, too.
      expect(done.complaint).toMatch(/^err$/m);
    });

    theCase(battery, '-i ends the command with its input', 20, async (box) => {
      const input = 'x\n';
      expect(
        await box.dockerWith({ input }, 'run', '-i', '--rm', '--name', box.container(), BOX, 'cat'),
      ).toBe('x');
    });

    theCase(battery, '-i lets the command answer after its input has ended', 20, async (box) => {
      const command = ['sh', '-c', 'cat >/dev/null; sleep 1; echo after'];
      const args = ['run', '-i', '--rm', '--name', box.container(), BOX, ...command];
      expect(await box.dockerWith({ input: 'x\n' }, ...args)).toBe('after');
    });

    theCase(battery, '-i carries 5 MB there and back', 30, async (box) => {
      const input = randomBytes(5 * MB);
      const done = await box.ended({ input }, 'run', '-i', '--rm', '--name', box.container(), BOX, 'cat');
      expect(sha256(done.bytes)).toBe(sha256(input));
    });

    theCase(battery, '-it has a terminal of the right size, typing and exit code', 30, async (box) => {
      const size = { rows: 31, columns: 97 };
      const terminal = await box.terminal(size, 'run', '-it', '--rm', '--name', box.container(), BOX, 'sh');
      await terminal.saw(/# /);
      // The size is set when the command has begun, hence perhaps after its first look at it.
      await box.until(async () => {
        const before = terminal.text.length;
        terminal.write('stty size\r');
        await terminal.saw(/\d+ \d+\r\n/, before);
        expect(terminal.text.slice(before)).toContain('31 97\r\n');
      });
      terminal.write('exit 5\r');
      expect(await terminal.ended).toBe(5);
    });

    theCase(battery, '-it passes Ctrl-C on', 30, async (box) => {
      const args = ['run', '-it', '--rm', '--name', box.container(), BOX];
      const script = 'trap "echo caught; exit 9" INT; echo ready; while :; do sleep 1; done';
      const terminal = await box.terminal({ rows: 24, columns: 80 }, ...args, 'sh', '-c', script);
      await terminal.saw(/ready/);
      terminal.write('\x03');
      await terminal.saw(/caught/);
      expect(await terminal.ended).toBe(9);
    });

    theCase(battery, '-d, wait and rm', 20, async (box) => {
      const name = await box.background([], BOX, 'sh', '-c', 'sleep 1; exit 4');
      expect(await box.docker('wait', name)).toBe('4');
      expect(await box.docker('rm', name)).toBe(name);
    });

    theCase(battery, 'says why a command cannot be started', 20, async (box) => {
      const done = await box.ended({}, 'run', '--rm', '--name', box.container(), BOX, 'no-such-command');
      expect(done.code).toBe(127);
      expect(done.complaint).toMatch(/no-such-command.*not found/);
    });
  });
}
