import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { type Battery, theCase } from './case';
import { BOX, NODE } from './images';

export function saveCases(battery: Battery): void {
  describe('docker save, load, export and import', () => {
    theCase(battery, 'an image of 100 MB comes back as itself', 90, async (box) => {
      const image = box.image();
      const idOf = (name: string) =>
        box.docker('image', 'inspect', '--format', '{{.Id}} {{json .RootFS.Layers}}', name);
      const file = join(await box.folder(), 'saved.tar');
      // Its own identity: the image that it is made of stays.
      const container = await box.background([], NODE);
      await box.docker('commit', '--change', 'LABEL of=save', container, image);
      const before = await idOf(image);
      await box.docker('save', '-o', file, image);
      expect((await stat(file)).size).toBeGreaterThan(95_000_000);
      await box.docker('rmi', image);
      expect(await box.refused('image', 'inspect', image)).toContain('No such image');
      await box.docker('load', '-i', file);
      expect(await idOf(image)).toBe(before);
    });

    theCase(battery, 'a file system goes out and in again through pipes', 40, async (box) => {
      const image = box.image();
      const container = await box.background([], BOX);
      await box.docker('exec', container, 'sh', '-c', 'echo mark > /mark');
      const { bytes } = await box.ended({}, 'export', container);
      await box.dockerWith({ input: bytes }, 'import', '-', image);
      expect(await box.docker('run', '--rm', '--name', box.container(), image, '/bin/cat', '/mark')).toBe(
        'mark',
      );
    });
  });
}
