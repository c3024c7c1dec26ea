import { describe, expect } from 'vitest';
import { type Battery, theCase } from './case';
import { BOX } from './images';

const BUSY = ['sh', '-c', 'while :; do :; done'];

export function figureCases(battery: Battery): void {
  describe('docker stats, top and system df', () => {
    theCase(battery, 'stats --no-stream gives figures of a busy container', 30, async (box) => {
      const name = await box.background([], BOX, ...BUSY);
      const format = '{{.Name}} {{.CPUPerc}} {{.MemUsage}} {{.PIDs}}';
      const line = await box.docker('stats', '--no-stream', '--format', format, name);
      const [, cpu = '0'] =
        new RegExp(`^${name} ([0-9.]+)% [0-9.]+[KM]iB / [0-9.]+[MG]iB [1-9]`).exec(line) ?? [];
      expect(Number(cpu), line).toBeGreaterThan(5);
    });

    theCase(battery, 'stats goes on, with new figures', 40, async (box) => {
      const name = await box.background([], BOX, ...BUSY);
      const stats = box.start('stats', '--format', '{{.Name}} {{.CPUPerc}}', name);
      // Each screen is one line here; the first ones can be without figures.
      const screens = () => stats.text.match(new RegExp(`${name} [0-9.]+%`, 'g')) ?? [];
      await box.until(() => expect(screens().length).toBeGreaterThan(3));
      // The CLI 28.2 goes on after SIGINT when it has no terminal.
      stats.kill('SIGKILL');
      await stats.ended;
    });

    theCase(battery, 'top lists the processes of a container', 20, async (box) => {
      const name = await box.background([], BOX, 'sleep', '1234');
      expect(await box.docker('top', name)).toContain('sleep 1234');
    });

    theCase(battery, 'system df counts images, containers and volumes', 30, async (box) => {
      const volume = box.volume();
      await box.inBox(['-v', `${volume}:/data`], 'dd', 'if=/dev/zero', 'of=/data/file', 'bs=1M', 'count=5');
      const lines = (await box.docker('system', 'df', '--format', '{{.Type}} {{.TotalCount}}')).split('\n');
      expect(lines).toHaveLength(4);
      expect(lines[0]).toMatch(/^Images [1-9]/);
      const detail = await box.docker('system', 'df', '-v');
      expect(detail).toMatch(new RegExp(`^${volume} .*5\\.24\\dMB`, 'm'));
    });
  });
}
