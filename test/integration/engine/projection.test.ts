import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createEngine } from '#engine/index';
import { startEngine } from '../../harness/engine';
import { followEngine, loaded, named, until } from '../../harness/follow';
import { fixtureImage, loadImage } from '../../harness/images';
import { describeWithEngine, sharedEngine } from '../../harness/shared';

const idle = ['/bin/sh', '-c', "trap 'exit 0' TERM; sleep 1000000 & wait"];

describeWithEngine('the projection follows the docker CLI', () => {
  it('through the whole life of a container', async (test) => {
    const { cli, host } = sharedEngine(test);
    await using engine = followEngine(host);
    await loaded(engine);
    const id = await cli(['create', '--name', 'life', '-p', '127.0.0.1::80', 'gantry-test/hello']);
    expect(await until(engine, (now) => named(now, 'life'))).toMatchObject({
      id,
      image: 'gantry-test/hello',
      state: 'created',
      startedAt: null,
    });
    await cli(['start', 'life']);
    const running = await until(
      engine,
      (now) => named(now, 'life')?.state === 'running' && named(now, 'life'),
    );
    expect(running.ports).toEqual([
      { containerPort: 80, protocol: 'tcp', hostIp: '127.0.0.1', hostPort: expect.any(Number) },
    ]);
    expect(running.startedAt).toBeGreaterThan(0);
    await cli(['pause', 'life']);
    await until(engine, (now) => named(now, 'life')?.state === 'paused');
    await cli(['unpause', 'life']);
    await until(engine, (now) => named(now, 'life')?.state === 'running');
    await cli(['rename', 'life', 'afterlife']);
    await until(engine, (now) => named(now, 'afterlife') && !named(now, 'life'));
    await cli(['kill', 'afterlife']);
    const ended = await until(
      engine,
      (now) => named(now, 'afterlife')?.state === 'exited' && named(now, 'afterlife'),
    );
    expect(ended).toMatchObject({ exitCode: 137, oomKilled: false, ports: [] });
    await cli(['rm', 'afterlife']);
    await until(engine, (now) => !now.containers.has(id));
  });

  it('through health, restarts and failed starts', async (test) => {
    const { cli, host } = sharedEngine(test);
    await using engine = followEngine(host);
    await loaded(engine);
    const health = ['--health-cmd', 'false', '--health-interval', '1s', '--health-retries', '1'];
    await cli(['run', '-d', '--name', 'unwell', ...health, 'gantry-test/hello']);
    await cli(['run', '-d', '--name', 'looping', '--restart', 'always', 'gantry-test/failing']);
    await expect(
      cli(['run', '-d', '--name', 'unstartable', 'gantry-test/hello', '/nothing']),
    ).rejects.toThrow();
    try {
      await until(engine, (now) => named(now, 'unwell')?.health === 'unhealthy');
      await until(engine, (now) => (named(now, 'looping')?.restartCount ?? 0) > 1);
      const failed = await until(engine, (now) => [named(now, 'unstartable')].find((one) => one?.startError));
      expect(failed.state).toBe('created');
      expect(failed.startError).toContain('/nothing');
    } finally {
      await cli(['rm', '-f', 'unwell', 'looping', 'unstartable']);
    }
    await until(engine, (now) => !named(now, 'unwell') && !named(now, 'looping'));
  });

  it('through images, volumes and networks', async (test) => {
    const { cli, host } = sharedEngine(test);
    await using engine = followEngine(host);
    await loaded(engine);
    const tagged = (tag: string) =>
      [...engine.projection.snapshot().images.values()].find((image) => image.tags.includes(tag));
    await cli(['tag', 'gantry-test/hello', 'moving:1']);
    const first = await until(engine, () => tagged('moving:1')?.id);
    // A tag that moves leaves the image that had it, of which no event tells.
    await cli(['tag', 'gantry-test/chatty', 'moving:1']);
    const second = await until(engine, () => tagged('moving:1')?.id !== first && tagged('moving:1')?.id);
    expect(engine.projection.snapshot().images.get(first)?.tags).not.toContain('moving:1');
    await cli(['rmi', 'moving:1']);
    await until(engine, (now) => now.images.has(second) && !tagged('moving:1'));

    await cli(['volume', 'create', '--label', 'com.docker.compose.project=shop', 'follow-data']);
    expect(await until(engine, (now) => now.volumes.get('follow-data'))).toMatchObject({ project: 'shop' });
    await cli(['network', 'create', 'follow-net']);
    const network = await until(engine, (now) =>
      [...now.networks.values()].find(({ name }) => name === 'follow-net'),
    );
    expect(network.subnets).toHaveLength(1);
    await cli(['run', '-d', '--name', 'connected', '-v', 'follow-data:/data', 'gantry-test/hello']);
    await cli(['network', 'connect', 'follow-net', 'connected']);
    const connected = await until(engine, (now) =>
      [named(now, 'connected')].find((one) => one?.networks.some(({ id }) => id === network.id)),
    );
    expect(connected.mounts).toMatchObject([{ type: 'volume', name: 'follow-data', destination: '/data' }]);
    await cli(['network', 'disconnect', 'follow-net', 'connected']);
    await until(engine, (now) => named(now, 'connected')?.networks.every(({ id }) => id !== network.id));
    await cli(['rm', '-f', 'connected']);
    await cli(['network', 'rm', 'follow-net']);
    await cli(['volume', 'rm', 'follow-data']);
    await until(engine, (now) => !now.volumes.has('follow-data') && !now.networks.has(network.id));
  });

  it('through hostile names and labels of 64 KB', async (test) => {
    const { cli, host } = sharedEngine(test);
    await using engine = followEngine(host);
    await loaded(engine);
    const label = `<img src=x onerror=alert(1)>\u202e\u001b[31m${'é'.repeat(32_000)}`;
    const id = await cli([
      ...['create', '--name', 'hostile', '--label', `evil=${label}`],
      ...['--label', `com.docker.compose.project=<b>\u202eshop`, 'gantry-test/hello'],
    ]);
    try {
      expect(await until(engine, (now) => now.containers.get(id))).toMatchObject({
        name: 'hostile',
        project: '<b>\u202eshop',
      });
      await cli(['start', 'hostile']);
      await until(engine, (now) => now.containers.get(id)?.state === 'running');
    } finally {
      await cli(['rm', '-f', 'hostile']);
    }
    await until(engine, (now) => !now.containers.has(id));
  });

  it('with 200 containers that come, and go by one prune', async (test) => {
    const { cli, host } = sharedEngine(test);
    await using engine = followEngine(host);
    await loaded(engine);
    const docker = engine.docker();
    // Other tests use the same engine meanwhile; a second try must not meet the names of the first.
    const run = randomBytes(3).toString('hex');
    const create = (index: number) =>
      docker.createContainer({
        name: `many-${run}-${index}`,
        Image: 'gantry-test/hello',
        Cmd: idle,
        NetworkDisabled: true,
        Labels: { many: run },
      });
    for (let at = 0; at < 200; at += 10) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => create(at + index)));
    }
    const mine = ({ projection }: typeof engine) =>
      [...projection.snapshot().containers.values()]
        .map(({ name }) => name)
        .filter((name) => name.startsWith(`many-${run}-`))
        .sort();
    await until(engine, () => mine(engine).length === 200);
    // Another client that comes late sees the same.
    await using late = followEngine(host);
    await loaded(late);
    expect(mine(late)).toEqual(mine(engine));
    await cli(['container', 'prune', '--force', '--filter', `label=many=${run}`]);
    await until(engine, () => mine(engine).length === 0);
  });
});

describeWithEngine('an engine that ends and comes back', () => {
  it('is found again by itself, with nothing stale', async () => {
    await using te = await startEngine();
    await loadImage(te, await fixtureImage('hello'), 'gantry-test/hello:latest');
    await te.cli(['run', '-d', '--name', 'survivor', 'gantry-test/hello']);
    await te.cli(['create', '--name', 'doomed', 'gantry-test/hello']);
    await using engine = followEngine(te.host);
    await until(
      engine,
      (now) => now.engine.status === 'connected' && named(now, 'survivor')?.state === 'running',
    );
    await te.kill();
    const away = await until(engine, (now) => now.engine.status === 'reconnecting' && !now.loaded && now);
    expect(away.containers.size).toBe(0);
    expect(away.engine.problem?.code).toMatch(/engine-lost|engine-off/);
    expect(() => engine.docker()).toThrow();
    // What changes while nobody looks.
    await te.restart();
    await te.cli(['rm', 'doomed']);
    const back = await until(engine, (now) => now.loaded && now.engine.status === 'connected' && now);
    await until(engine, (now) => !named(now, 'doomed'));
    expect(back.engine).toMatchObject({ problem: null, nextAttemptAt: null });
    // The engine's end was the end of its containers.
    await until(engine, (now) => named(now, 'survivor')?.state === 'exited');
    await te.cli(['start', 'survivor']);
    await until(engine, (now) => named(now, 'survivor')?.state === 'running');
  });

  it('is seen when it is started after Gantry', async () => {
    await using te = await startEngine();
    await te.kill();
    await using engine = followEngine(te.host);
    const off = await until(engine, (now) => now.engine.status === 'off' && now.engine);
    expect(off.problem?.code).toBe('engine-off');
    await te.restart();
    await until(engine, (now) => now.engine.status === 'connected' && now.loaded && now.engine.facts);
  });
});

describe('an engine client that is closed', () => {
  it('ends its watchers’ waits and asks no more', async () => {
    const engine = createEngine({
      host: 'unix:///nonexistent/docker.sock',
      around: { env: {}, home: '/nonexistent', platform: 'linux' },
    });
    await until(engine, (now) => now.engine.status === 'off');
    await engine.close();
    expect(() => engine.docker()).toThrow();
  });
});
