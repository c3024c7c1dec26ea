import { expect, it } from 'vitest';
import { ProblemError } from '#contract/problem';
import { followEngine, loaded, named, until } from '../../harness/follow';
import { describeWithEngine, sharedEngine } from '../../harness/shared';

describeWithEngine('the lifecycle of containers', () => {
  it('goes through every verb, and tells each one’s end', async (test) => {
    const { cli, host } = sharedEngine(test);
    await using engine = followEngine(host);
    await loaded(engine);
    const id = await cli(['create', '--name', 'verbs', 'gantry-test/hello']);
    const { lifecycle } = engine;
    const state = () => engine.projection.snapshot().containers.get(id)?.state;
    const done = { done: [id], failed: [] };
    expect(await lifecycle.start([id])).toEqual(done);
    expect(state()).toBe('running');
    expect(await lifecycle.start([id]), 'starting what runs is no failure').toEqual(done);
    expect(await lifecycle.pause([id])).toEqual(done);
    expect(state()).toBe('paused');
    expect(await lifecycle.pause([id])).toEqual(done);
    expect(await lifecycle.unpause([id])).toEqual(done);
    expect(await lifecycle.unpause([id])).toEqual(done);
    expect(await lifecycle.restart([id])).toEqual(done);
    expect(state()).toBe('running');
    expect(await lifecycle.stop([id], 5)).toEqual(done);
    expect(state()).toBe('exited');
    expect(await lifecycle.stop([id])).toEqual(done);
    await lifecycle.rename(id, 'renamed');
    expect(engine.projection.snapshot().containers.get(id)?.name).toBe('renamed');
    await lifecycle.start([id]);
    expect(await lifecycle.kill([id], 'SIGKILL')).toEqual(done);
    expect(await lifecycle.removeNow([id])).toEqual(done);
    expect(state()).toBeUndefined();
    expect(await lifecycle.removeNow([id]), 'gone is what was wanted').toEqual(done);
  });

  it('shows what is being done until it shows what came of it', async (test) => {
    const { cli, host } = sharedEngine(test);
    await using engine = followEngine(host);
    await loaded(engine);
    const id = await cli(['run', '-d', '--name', 'busy', 'gantry-test/hello']);
    await until(engine, (now) => named(now, 'busy')?.state === 'running');
    const seen: string[] = [];
    const owner = new AbortController();
    const watching = (async () => {
      for await (const _batch of engine.projection.watch(owner.signal)) {
        const now = engine.projection.snapshot().containers.get(id);
        seen.push(`${now?.state} ${now?.busy}`);
      }
    })();
    try {
      await engine.lifecycle.stop([id], 5);
      expect(engine.projection.snapshot().containers.get(id)).toMatchObject({ state: 'exited', busy: null });
      owner.abort();
      await watching;
      expect(seen).toContain('running stopping');
      expect(seen.slice(seen.indexOf('running stopping'))).not.toContain('running null');
    } finally {
      await cli(['rm', '-f', 'busy']);
    }
  });

  it('works on many at once, and each one fails on its own', async (test) => {
    const { cli, host } = sharedEngine(test);
    await using engine = followEngine(host);
    await loaded(engine);
    const names = Array.from({ length: 12 }, (_, index) => `bulk-${index}`);
    const ids: string[] = [];
    for (const name of names) ids.push(await cli(['create', '--name', name, 'gantry-test/hello']));
    const bad = await cli(['create', '--name', 'bulk-bad', 'gantry-test/hello', '/nothing']);
    const gone = 'f'.repeat(64);
    await until(engine, (now) => now.containers.has(bad));
    try {
      const { done, failed } = await engine.lifecycle.start([...ids, bad, gone]);
      expect(done.sort()).toEqual([...ids].sort());
      expect(failed.map(({ name, problem }) => [name, problem.code, problem.command])).toEqual(
        expect.arrayContaining([
          ['bulk-bad', 'command-not-found', ['docker', 'start', 'bulk-bad']],
          ['ffffffffffff', 'container-gone', ['docker', 'start', 'ffffffffffff']],
        ]),
      );
      for (const id of ids) expect(engine.projection.snapshot().containers.get(id)?.busy).toBeNull();
    } finally {
      await cli(['rm', '-f', ...names, 'bulk-bad']);
    }
  });
});

describeWithEngine('what goes wrong is told in plain words by a real engine', () => {
  it('with the container that has the port', async (test) => {
    const { cli, host } = sharedEngine(test);
    await using engine = followEngine(host);
    await loaded(engine);
    const first = await cli(['run', '-d', '--name', 'has-port', '-p', '127.0.0.1::80', 'gantry-test/hello']);
    const port = (await cli(['port', 'has-port', '80'])).split(':').at(-1);
    const second = await cli([
      'create',
      '--name',
      'wants-port',
      '-p',
      `127.0.0.1:${port}:80`,
      'gantry-test/hello',
    ]);
    await until(engine, (now) => now.containers.has(second) && now.containers.get(first)?.ports.length);
    try {
      const { failed } = await engine.lifecycle.start([second]);
      expect(failed[0]?.problem).toMatchObject({
        code: 'port-taken',
        title: `Port ${port} is already used by container has-port`,
        actions: [
          { procedure: 'containers.replace', input: { id: second, change: { from: Number(port) } } },
          { label: 'Stop has-port', input: { ids: [first] } },
          { label: 'Show has-port', target: first },
        ],
      });
      await until(engine, (now) => now.containers.get(second)?.startError);
    } finally {
      await cli(['rm', '-f', 'has-port', 'wants-port']);
    }
  });

  it('with names that are taken or not allowed', async (test) => {
    const { cli, host } = sharedEngine(test);
    await using engine = followEngine(host);
    await loaded(engine);
    const taken = await cli(['create', '--name', 'taken', 'gantry-test/hello']);
    const other = await cli(['create', '--name', 'other', 'gantry-test/hello']);
    const problemOf = async (name: string) => {
      try {
        await engine.lifecycle.rename(other, name);
      } catch (error) {
        if (error instanceof ProblemError) return error.problem;
        throw error;
      }
      throw new Error('The engine allowed it');
    };
    try {
      const inUse = await problemOf('taken');
      expect(inUse.code).toBe('name-taken');
      expect(inUse.actions[0]).toMatchObject({ kind: 'open', target: taken });
      expect((await problemOf('not/allowed')).code).toBe('name-invalid');
    } finally {
      await cli(['rm', 'taken', 'other']);
    }
  });

  it('when a container does not run, is paused, or restarts', async (test) => {
    const { cli, host } = sharedEngine(test);
    await using engine = followEngine(host);
    await loaded(engine);
    const still = await cli(['create', '--name', 'still', 'gantry-test/hello']);
    const paused = await cli(['run', '-d', '--name', 'paused', 'gantry-test/hello']);
    await cli(['pause', 'paused']);
    try {
      const codes = async (outcome: ReturnType<typeof engine.lifecycle.kill>) =>
        (await outcome).failed.map(({ problem }) => problem.code);
      expect(await codes(engine.lifecycle.kill([still]))).toEqual(['container-not-running']);
      expect(await codes(engine.lifecycle.start([paused]))).toEqual(['container-paused']);
    } finally {
      await cli(['rm', '-f', 'still', 'paused']);
    }
  });
});
