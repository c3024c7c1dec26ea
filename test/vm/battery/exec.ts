import { describe, expect } from 'vitest';
import { type Battery, theCase } from './case';
import { BOX } from './images';

export function execCases(battery: Battery): void {
  describe('docker exec', () => {
    theCase(battery, 'gives output and exit code', 20, async (box) => {
      const name = await box.background([], BOX);
      const done = await box.ended({}, 'exec', '-e', 'WORD=hi', name, 'sh', '-c', 'echo $WORD; exit 3');
      expect([done.code, done.text]).toEqual([3, 'hi\n']);
    });

    theCase(battery, '-i ends the command with its input', 20, async (box) => {
      const name = await box.background([], BOX);
      expect(await box.dockerWith({ input: 'one\ntwo\n' }, 'exec', '-i', name, 'wc', '-l')).toBe('2');
    });

    theCase(battery, '-it follows the size of the terminal', 40, async (box) => {
      const name = await box.background([], BOX);
      const terminal = await box.terminal({ rows: 24, columns: 80 }, 'exec', '-it', name, 'sh');
      await terminal.saw(/# /);
      const expectSize = (size: string) =>
        box.until(async () => {
          const before = terminal.text.length;
          terminal.write('stty size\r');
          await terminal.saw(/\d+ \d+\r\n/, before);
          expect(terminal.text.slice(before)).toContain(`${size}\r\n`);
        });
      await expectSize('24 80');
      await terminal.resize(50, 132);
      await expectSize('50 132');
      terminal.write('exit\r');
      expect(await terminal.ended).toBe(0);
    });

    theCase(battery, 'runs as another user, in another folder', 20, async (box) => {
      const name = await box.background([], BOX);
      expect(await box.docker('exec', '-u', '1000', '-w', '/tmp', name, 'sh', '-c', 'id -u; pwd')).toBe(
        '1000\n/tmp',
      );
    });
  });
}
