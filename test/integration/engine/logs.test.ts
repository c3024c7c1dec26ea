import { expect, it, vi } from 'vitest';
import type { LogBatch, LogLine } from '#contract';
import { ProblemError } from '#contract/problem';
import { exportLogs, followLogs, olderLogs } from '#engine/logs';
import { describeWithEngine, sharedEngine } from '../../harness/shared';
import { watchEngine } from './watched-engine';

type Cli = ReturnType<typeof sharedEngine>['cli'];

/** Runs a script to its end, or in the background, as a container that the suite deletes. */
async function container(cli: Cli, name: string, script: string, args: string[] = []): Promise<string> {
  return cli(['run', '-d', '--name', name, ...args, 'gantry-test/hello', 'sh', '-c', script]);
}

async function all(batches: AsyncIterable<LogBatch>): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for await (const batch of batches) lines.push(...batch.lines);
  return lines;
}

const quiet = { timeout: 30_000, interval: 20 };

describeWithEngine('logs', () => {
  it('come in order with stream and time, and end with the container', async (test) => {
    const engine = sharedEngine(test);
    const watched = await watchEngine(engine.socket);
    await container(
      engine.cli,
      'logs-both',
      'for i in 1 2 3; do echo "out $i"; sleep 0.05; echo "err $i" >&2; sleep 0.05; done',
    );
    try {
      const batches: LogBatch[] = [];
      const log = await followLogs(watched.docker, { id: 'logs-both', tail: 100, follow: true });
      for await (const batch of log) batches.push(batch);
      const lines = batches.flatMap((batch) => batch.lines);
      expect(lines.map((line) => `${line.stream} ${line.text}`)).toEqual(
        [1, 2, 3].flatMap((n) => [`stdout out ${n}`, `stderr err ${n}`]),
      );
      expect(lines.map((line) => line.time)).toEqual(lines.map((line) => line.time).sort());
      expect(lines[0]?.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}Z$/);
      expect(batches.filter((batch) => batch.live)).toHaveLength(1);
      expect(batches.at(-1)?.ended).toBe(true);
      await vi.waitFor(() => expect(watched.busy()).toBe(0), quiet);
    } finally {
      watched.close();
      await engine.cli(['rm', '-f', 'logs-both']);
    }
  });

  it('close the engine’s connection at once when the reader leaves, also while it waits', async (test) => {
    const engine = sharedEngine(test);
    const watched = await watchEngine(engine.socket);
    await container(engine.cli, 'logs-leave', 'echo ready; sleep 1000');
    try {
      const input = { id: 'logs-leave', tail: 10, follow: true };
      const left = await followLogs(watched.docker, input);
      await left.next();
      await vi.waitFor(() => expect(watched.busy()).toBe(1), quiet);
      const pending = left.next().then((result) => (result.value?.live ? left.next() : result));
      await left.return?.();
      expect(await pending).toEqual({ done: true, value: undefined });
      await vi.waitFor(() => expect(watched.busy()).toBe(0), quiet);

      const owner = new AbortController();
      const aborted = await followLogs(watched.docker, input, owner.signal);
      await vi.waitFor(() => expect(watched.busy()).toBe(1), quiet);
      owner.abort();
      await vi.waitFor(() => expect(watched.busy()).toBe(0), quiet);
      expect(await aborted.next()).toEqual({ done: true, value: undefined });
    } finally {
      watched.close();
      await engine.cli(['rm', '-f', 'logs-leave']);
    }
  });

  it('lose nothing when the reader is slow, and hold little', async (test) => {
    const engine = sharedEngine(test);
    const watched = await watchEngine(engine.socket);
    await container(engine.cli, 'logs-slow', 'seq 1 60000');
    try {
      await engine.cli(['wait', 'logs-slow']);
      const log = await followLogs(watched.docker, { id: 'logs-slow', tail: 60_000, follow: true });
      const texts: string[] = [];
      for await (const batch of log) {
        expect(batch.lines.length).toBeLessThanOrEqual(5000);
        expect(batch.skipped).toBeUndefined();
        texts.push(...batch.lines.map((line) => line.text));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(texts).toEqual(Array.from({ length: 60_000 }, (_, index) => String(index + 1)));
    } finally {
      watched.close();
      await engine.cli(['rm', '-f', 'logs-slow']);
    }
  });

  it('have older pages that join without a gap, back to the beginning', async (test) => {
    const engine = sharedEngine(test);
    const watched = await watchEngine(engine.socket);
    const { docker } = watched;
    await container(engine.cli, 'logs-pages', 'seq 1 250');
    try {
      await engine.cli(['wait', 'logs-pages']);
      let lines = await all(await followLogs(docker, { id: 'logs-pages', tail: 100, follow: false }));
      expect(lines.map((line) => line.text)).toEqual(
        Array.from({ length: 100 }, (_, index) => String(151 + index)),
      );
      lines = [...(await olderLogs(docker, { id: 'logs-pages', have: 100, count: 100 })), ...lines];
      const oldest = await olderLogs(docker, { id: 'logs-pages', have: 200, count: 100 });
      expect(oldest).toHaveLength(50);
      expect([...oldest, ...lines].map((line) => line.text)).toEqual(
        Array.from({ length: 250 }, (_, index) => String(index + 1)),
      );
      const between = Date.parse(lines[0]?.time ?? '') + 3_600_000;
      expect(await olderLogs(docker, { id: 'logs-pages', have: 0, count: 10, since: between })).toEqual([]);
    } finally {
      watched.close();
      await engine.cli(['rm', '-f', 'logs-pages']);
    }
  });

  it('of a TTY keep long lines, colours and characters whole', async (test) => {
    const engine = sharedEngine(test);
    const watched = await watchEngine(engine.socket);
    const script =
      'printf "\\033[32mgrün\\033[0m\\n"; head -c 16380 /dev/zero | tr "\\0" x; printf "🦑 end\\n"; echo last';
    await container(engine.cli, 'logs-tty', script, ['-t']);
    try {
      await engine.cli(['wait', 'logs-tty']);
      const lines = await all(await followLogs(watched.docker, { id: 'logs-tty', tail: 100, follow: true }));
      expect(lines.map((line) => line.text.replace(/x+/, 'x'))).toEqual([
        '\u001b[32mgrün\u001b[0m',
        'x🦑 e',
        'last',
      ]);
      expect(lines[1]?.cut).toBe(2);
      let saved = '';
      for await (const piece of await exportLogs(watched.docker, { id: 'logs-tty', timestamps: false }))
        saved += piece;
      expect(saved).toBe(`\u001b[32mgrün\u001b[0m\n${'x'.repeat(16_380)}🦑 end\nlast\n`);
    } finally {
      watched.close();
      await engine.cli(['rm', '-f', 'logs-tty']);
    }
  });

  it('with invalid UTF-8, a character in two pieces and a line of 10 MB arrive, cut', async (test) => {
    const engine = sharedEngine(test);
    const watched = await watchEngine(engine.socket);
    await container(
      engine.cli,
      'logs-hostile',
      'printf "bad \\377\\376 bytes\\n"; head -c 16382 /dev/zero | tr "\\0" x; printf "🦑\\n"; ' +
        'head -c 10485760 /dev/zero | tr "\\0" y; echo; echo after',
      // The driver json-file itself replaces invalid bytes, and characters that it stores in two pieces.
      ['--log-driver', 'local'],
    );
    try {
      await engine.cli(['wait', 'logs-hostile']);
      const lines = await all(
        await followLogs(watched.docker, { id: 'logs-hostile', tail: 10_000, follow: false }),
      );
      expect(lines.map((line) => line.text.slice(0, 12))).toEqual([
        'bad \ufffd\ufffd bytes',
        'x'.repeat(12),
        'y'.repeat(12),
        'after',
      ]);
      expect(lines[1]?.text.slice(-4)).toBe('xx🦑');
      expect(lines[2]).toMatchObject({ cut: 10_485_760 - 16_384 });
    } finally {
      watched.close();
      await engine.cli(['rm', '-f', 'logs-hostile']);
    }
  });

  it('that the driver does not keep say so', async (test) => {
    const engine = sharedEngine(test);
    const watched = await watchEngine(engine.socket);
    await container(engine.cli, 'logs-none', 'echo gone', ['--log-driver', 'none']);
    try {
      const failed = followLogs(watched.docker, { id: 'logs-none', tail: 10, follow: true });
      await expect(failed).rejects.toBeInstanceOf(ProblemError);
      await expect(failed).rejects.toMatchObject({
        problem: { code: 'logs-not-kept', title: 'logs-none keeps no log' },
      });
    } finally {
      watched.close();
      await engine.cli(['rm', '-f', 'logs-none']);
    }
  });
});
