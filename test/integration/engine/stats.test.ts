import { expect, it, vi } from 'vitest';
import type { StatsSample } from '#contract';
import { listProcesses } from '#engine/processes';
import { watchStats } from '#engine/stats';
import { describeWithEngine, sharedEngine } from '../../harness/shared';
import { watchEngine } from './watched-engine';

const patient = { timeout: 30_000, interval: 50 };

describeWithEngine('stats', () => {
  it('come in one batch for all that run, as the docker CLI counts them', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const watched = await watchEngine(socket);
    const busy = await cli([
      'run',
      '-d',
      '--name',
      'stats-busy',
      '-m',
      '64m',
      'gantry-test/hello',
      'sh',
      '-c',
      'while :; do :; done',
    ]);
    const idle = await cli(['run', '-d', '--name', 'stats-idle', 'gantry-test/hello']);
    const off = await cli(['create', '--name', 'stats-off', 'gantry-test/hello']);
    try {
      const batches: StatsSample[][] = [];
      for await (const batch of watchStats(watched.docker, [busy, idle, off])) {
        batches.push(batch);
        if (batches.length === 3) break;
      }
      for (const batch of batches.slice(1))
        expect(batch.map((sample) => sample.id).sort()).toEqual([busy, idle].sort());
      const of = (id: string) => batches[2]?.find((sample) => sample.id === id);
      expect(of(busy)).toMatchObject({ memoryLimitBytes: 64 * 1024 * 1024, processes: 1 });
      expect(of(busy)?.cpuPercent).toBeGreaterThan(5 * (of(idle)?.cpuPercent ?? 0));
      expect(of(busy)?.memoryBytes).toBeGreaterThan(0);
    } finally {
      watched.close();
      await cli(['rm', '-f', 'stats-busy', 'stats-idle', 'stats-off']);
    }
  });

  it('share one stream per container, which outlasts a short pause and ends after it', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const watched = await watchEngine(socket);
    const id = await cli(['run', '-d', '--name', 'stats-shared', 'gantry-test/hello']);
    try {
      const first = watchStats(watched.docker, [id]);
      const second = watchStats(watched.docker, [id]);
      expect((await Promise.all([first.next(), second.next()])).map(({ value }) => value?.[0]?.id)).toEqual([
        id,
        id,
      ]);
      expect(watched.busy()).toBe(1);
      await first.return?.();
      await second.return?.();
      expect(watched.busy()).toBe(1);
      const third = watchStats(watched.docker, [id]);
      expect((await third.next()).value?.[0]?.id).toBe(id);
      expect(watched.busy()).toBe(1);
      await third.return?.();
      await vi.waitFor(() => expect(watched.busy()).toBe(0), patient);
    } finally {
      watched.close();
      await cli(['rm', '-f', 'stats-shared']);
    }
  });

  it('end when the container is gone', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const watched = await watchEngine(socket);
    const id = await cli(['run', '-d', '--name', 'stats-gone', 'gantry-test/hello']);
    try {
      const stats = watchStats(watched.docker, [id]);
      await stats.next();
      await cli(['rm', '-f', 'stats-gone']);
      for await (const batch of stats) expect(batch[0]?.id).toBe(id);
      await vi.waitFor(() => expect(watched.busy()).toBe(0), patient);
    } finally {
      watched.close();
    }
  });
});

describeWithEngine('processes', () => {
  it('are listed as docker top lists them; a container that does not run says so', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const watched = await watchEngine(socket);
    const id = await cli(['run', '-d', '--name', 'processes-hello', 'gantry-test/hello']);
    try {
      const { titles, rows } = await listProcesses(watched.docker, id);
      expect(titles).toContain('PID');
      expect(rows.flat().join(' ')).toContain('httpd');
      await cli(['kill', 'processes-hello']);
      await expect(listProcesses(watched.docker, id)).rejects.toHaveProperty(
        'problem.detail',
        expect.stringContaining('not running'),
      );
    } finally {
      watched.close();
      await cli(['rm', '-f', 'processes-hello']);
    }
  });
});
