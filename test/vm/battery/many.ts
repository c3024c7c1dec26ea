import { describe, expect } from 'vitest';
import { type Battery, theCase } from './case';
import { BOX } from './images';

const COUNT = 50;

export function manyCases(battery: Battery): void {
  describe('many at once', () => {
    theCase(battery, `${COUNT} containers run side by side, each with its own output`, 120, async (box) => {
      const runs = Array.from({ length: COUNT }, (_, index) =>
        box.ended(
          {},
          'run',
          '--rm',
          '--name',
          box.container(),
          BOX,
          'sh',
          '-c',
          `echo ${index}; exit ${index}`,
        ),
      );
      const done = await Promise.all(runs);
      expect(done.map(({ code, text }) => `${code} ${text}`)).toEqual(
        Array.from({ length: COUNT }, (_, index) => `${index} ${index}\n`),
      );
    });

    theCase(battery, '100 commands in one container at once', 120, async (box) => {
      const name = await box.background([], BOX);
      const runs = Array.from({ length: 100 }, (_, index) =>
        box.dockerWith({ input: `${index}` }, 'exec', '-i', name, 'cat'),
      );
      expect(await Promise.all(runs)).toEqual(Array.from({ length: 100 }, (_, index) => `${index}`));
    });
  });
}
