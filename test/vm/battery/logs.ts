import { describe, expect } from 'vitest';
import { type Battery, theCase } from './case';
import { BOX } from './images';

export function logCases(battery: Battery): void {
  describe('docker logs', () => {
    theCase(battery, '-f shows new lines as they come and ends with the container', 30, async (box) => {
      const script = 'i=0; while [ ! -e /stop ]; do i=$((i + 1)); echo "line $i"; sleep 1; done; echo last';
      const name = await box.background([], BOX, 'sh', '-c', script);
      const logs = box.start('logs', '-f', name);
      const [, number = ''] = await logs.saw(/line (\d+)\n/);
      await logs.saw(new RegExp(`line ${Number(number) + 2}\n`));
      await box.docker('exec', name, 'touch', '/stop');
      expect(await logs.ended).toBe(0);
      expect(logs.text).toMatch(/^line 1\nline 2\n[\s\S]*last\n$/);
    });

    theCase(battery, 'keeps both outputs apart, whole and in order', 30, async (box) => {
      const script = 'i=0; while [ $i -lt 2000 ]; do i=$((i + 1)); echo "out $i"; echo "err $i" >&2; done';
      const name = await box.background([], BOX, 'sh', '-c', script);
      await box.docker('wait', name);
      const done = await box.ended({}, 'logs', name);
      const lines = (kind: string) =>
        Array.from({ length: 2000 }, (_, index) => `${kind} ${index + 1}\n`).join('');
      expect(done.text).toBe(lines('out'));
      expect(done.complaint).toBe(lines('err'));
      const tail = await box.ended({}, 'logs', '--tail', '3', name);
      expect(`${tail.text}${tail.complaint}`.trim().split('\n')).toHaveLength(3);
    });

    theCase(battery, '-f can be broken off', 20, async (box) => {
      const name = await box.background([], BOX);
      const logs = box.start('logs', '-f', name);
      await logs.saw(/listening/);
      logs.kill('SIGINT');
      await logs.ended;
      expect(await box.docker('inspect', '--format', '{{.State.Running}}', name)).toBe('true');
    });
  });
}
