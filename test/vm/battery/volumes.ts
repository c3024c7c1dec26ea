import { describe, expect } from 'vitest';
import { type Battery, theCase } from './case';
import { BOX } from './images';

export function volumeCases(battery: Battery): void {
  describe('named volumes', () => {
    theCase(battery, 'keep their content when their containers go', 30, async (box) => {
      const volume = box.volume();
      await box.inBox(
        ['-v', `${volume}:/data`],
        'sh',
        '-c',
        'echo kept > /data/file && chown 1000:1000 /data/file',
      );
      const script = 'cat /data/file; stat -c %u /data/file';
      expect(await box.inBox(['-v', `${volume}:/data`], 'sh', '-c', script)).toBe('kept\n1000');
    });

    theCase(battery, 'cannot be removed while a container has them', 30, async (box) => {
      const volume = box.volume();
      await box.background(['-v', `${volume}:/data`], BOX);
      expect(await box.refused('volume', 'rm', volume)).toContain('volume is in use');
    });

    theCase(battery, 'begin with what the image has in their place', 30, async (box) => {
      const volume = box.volume();
      expect(await box.inBox(['-v', `${volume}:/www`], 'cat', '/www/index.html')).toContain(
        'Hello from Gantry',
      );
    });
  });
}
