import { describe, expect } from 'vitest';
import { type Battery, type Case, theCase } from './case';
import { BOX } from './images';

/** Does and undoes one of each thing that an engine tells of. */
async function doEverything(box: Case): Promise<void> {
  const [container, renamed, volume, network] = [
    box.container(),
    box.container(),
    box.volume(),
    box.network(),
  ];
  const image = box.image();
  await box.docker('volume', 'create', volume);
  await box.docker('network', 'create', network);
  await box.docker('tag', BOX, image);
  await box.docker('create', '--name', container, '-v', `${volume}:/data`, BOX);
  await box.docker('start', container);
  await box.docker('network', 'connect', network, container);
  await box.docker('exec', container, 'true');
  await box.docker('pause', container);
  await box.docker('unpause', container);
  await box.docker('rename', container, renamed);
  await box.docker('network', 'disconnect', network, renamed);
  await box.docker('restart', '-t', '1', renamed);
  await box.docker('stop', '-t', '1', renamed);
  await box.docker('rm', renamed);
  await box.docker('network', 'rm', network);
  await box.docker('volume', 'rm', volume);
  await box.docker('rmi', image);
}

const EXPECTED = [
  ...['create', 'start', 'exec_create', 'exec_start', 'exec_die', 'pause', 'unpause', 'rename'].map(
    (action) => `container ${action}`,
  ),
  ...['kill', 'die', 'stop', 'restart', 'destroy'].map((action) => `container ${action}`),
  ...['create', 'mount', 'unmount', 'destroy'].map((action) => `volume ${action}`),
  ...['create', 'connect', 'disconnect', 'destroy'].map((action) => `network ${action}`),
  ...['image tag', 'image untag'],
];

export function eventCases(battery: Battery): void {
  describe('docker events', () => {
    theCase(battery, 'tells of each kind of change as it happens', 60, async (box) => {
      const events = box.start('events', '--format', '{{.Type}} {{.Action}}');
      // It prints nothing to say that it listens: touch something until it does.
      const probe = box.volume();
      await box.until(async () => {
        await box.docker('volume', 'create', probe);
        await box.docker('volume', 'rm', probe);
        expect(events.text).toContain('volume destroy');
      });
      const before = events.text.length;
      await doEverything(box);
      await events.saw(/image untag/, before);
      // `exec_create: true ` names the command, too.
      const seen = new Set(events.text.slice(before).split(/(?:: .*)?\n/));
      expect(EXPECTED.filter((kind) => !seen.has(kind))).toEqual([]);
      events.kill('SIGINT');
      await events.ended;
    });

    theCase(battery, 'tells of what was before, and ends', 30, async (box) => {
      const since = await box.docker('info', '--format', '{{.SystemTime}}');
      const volume = box.volume();
      await box.docker('volume', 'create', volume);
      // In the engine's time, which need not be this computer's to the second.
      const until = await box.inBox([], 'date', '+%s');
      const args = ['--since', since, '--until', `${Number(until) + 1}`, '--filter', `volume=${volume}`];
      expect(await box.docker('events', ...args, '--format', '{{.Action}}')).toBe('create');
    });
  });
}
