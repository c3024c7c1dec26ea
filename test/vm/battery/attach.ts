import { describe, expect } from 'vitest';
import { type Battery, theCase } from './case';
import { BOX } from './images';

const running = (name: string): string[] => ['inspect', '--format', '{{.State.Running}}', name];

export function attachCases(battery: Battery): void {
  describe('docker attach', () => {
    theCase(battery, 'detach keys leave the container running, and one can attach again', 40, async (box) => {
      const name = box.container();
      await box.docker('run', '-dit', '--name', name, BOX, 'cat');
      for (const word of ['first', 'second']) {
        const args = ['attach', '--detach-keys', 'ctrl-p,ctrl-q', name];
        const terminal = await box.terminal({ rows: 24, columns: 80 }, ...args);
        terminal.write(`${word}\r`);
        // Once from the terminal's echo, once from cat.
        await terminal.saw(new RegExp(`${word}\r\n.*${word}\r\n`, 's'));
        terminal.write('\x10\x11');
        await terminal.ended;
        expect(await box.docker(...running(name))).toBe('true');
      }
    });

    theCase(battery, 'without a terminal, ends the input and gives the exit code', 30, async (box) => {
      const name = box.container();
      await box.docker('create', '-i', '--name', name, BOX, 'sh', '-c', 'cat; exit 6');
      const done = await box.ended({ input: 'typed\n' }, 'start', '--attach', '--interactive', name);
      expect([done.code, done.text]).toEqual([6, 'typed\n']);
    });
  });
}
