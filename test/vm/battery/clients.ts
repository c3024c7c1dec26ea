import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { describe, expect } from 'vitest';
import { type Battery, type Case, theCase } from './case';
import { BOX } from './images';

/**
 * Waits until no more connections to the engine are open than before. dockerd 20.10 lets go of some connections only
 * when its garbage is collected, at the latest after two minutes.
 */
async function expectNoMoreThan(box: Case, before: number): Promise<void> {
  await box.until(async () => expect(await box.facts.openConnections()).toBeLessThanOrEqual(before));
}

/** Connections while nothing is under way: those of the commands before close a moment after their end. */
async function restingConnections(box: Case): Promise<number> {
  return box.until(async () => {
    const before = await box.facts.openConnections();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await box.facts.openConnections()).toBe(before);
    return before;
  });
}

/** The first half of an archive of one file. (Zeros alone would be the end of an archive, and a whole one.) */
async function halfAnArchive(): Promise<Buffer> {
  const archive = pack();
  archive.entry({ name: 'large' }, Buffer.alloc(8_000_000));
  archive.finalize();
  return (await buffer(archive)).subarray(0, 4_000_000);
}

export function clientCases(battery: Battery): void {
  describe('a docker CLI that is killed', () => {
    theCase(battery, 'in the middle of run -i ends the input, and its connections', 40, async (box) => {
      const before = await restingConnections(box);
      const name = box.container();
      const cli = box.start('run', '-i', '--name', name, BOX, 'sh', '-c', 'echo ready; cat; echo ended');
      await cli.saw(/ready/);
      expect(await box.facts.openConnections()).toBeGreaterThan(before);
      cli.kill('SIGKILL');
      await cli.ended;
      await expectNoMoreThan(box, before);
      expect(await box.docker('wait', name)).toBe('0');
      expect(await box.docker('logs', name)).toBe('ready\nended');
    });

    theCase(
      battery,
      'in the middle of logs -f, events, stats and exec leaves no connection',
      40,
      async (box) => {
        const before = await restingConnections(box);
        const name = await box.background([], BOX);
        const clis = [
          box.start('logs', '-f', name),
          box.start('events'),
          box.start('stats', name),
          box.start('exec', '-i', name, 'cat'),
        ];
        await box.until(async () =>
          expect(await box.facts.openConnections()).toBeGreaterThanOrEqual(before + clis.length),
        );
        for (const cli of clis) cli.kill('SIGKILL');
        await Promise.all(clis.map((cli) => cli.ended));
        await expectNoMoreThan(box, before);
      },
    );

    theCase(
      battery,
      'in the middle of sending a file system leaves no connection and no image',
      40,
      async (box) => {
        const before = await restingConnections(box);
        const image = box.image();
        const cli = box.start('import', '-', image);
        cli.write(await halfAnArchive());
        await box.until(async () => expect(await box.facts.openConnections()).toBeGreaterThan(before));
        cli.kill('SIGKILL');
        await cli.ended;
        await expectNoMoreThan(box, before);
        expect(await box.refused('image', 'inspect', image)).toContain('No such image');
      },
    );
  });
}
