import { expect, it } from 'vitest';
import type { Beside } from '#engine/beside';
import { createEngine } from '#engine/index';
import { checkRun } from '#engine/run/check';
import { startEngine } from '../../harness/engine';
import { loaded, named, until } from '../../harness/follow';
import { freePort } from '../../harness/free-port';
import { fixtureImage, loadImage } from '../../harness/images';
import { describeWithEngine, sharedEngine } from '../../harness/shared';
import { plain } from '../run/specs';

/** Waits for the engine beside to be as `check` wants it; the test's own time limit ends a wait for nothing. */
async function besideIs<T>(beside: Beside, check: (now: ReturnType<Beside['state']>) => T | false) {
  const owner = new AbortController();
  try {
    for await (const now of beside.watch(owner.signal)) {
      const found = check(now);
      if (found) return found;
    }
  } finally {
    owner.abort();
  }
  throw new Error('The engine beside ended');
}

describeWithEngine('two engines at once', () => {
  // The second engine stands where the VM's is: the same door, a socket that answers while the VM runs.
  it('are connected, told apart, and exchanged', async (test) => {
    const shown = sharedEngine(test);
    await using second = await startEngine();
    await loadImage(second, await fixtureImage('hello'), 'gantry-test/hello:latest');
    const port = await freePort();
    await second.cli(['run', '-d', '--name', 'neighbour', '-p', `127.0.0.1:${port}:80`, 'gantry-test/hello']);
    const engine = createEngine({
      host: shown.host,
      around: {
        env: { DOCKER_HOST: shown.host },
        home: '/nonexistent',
        platform: 'linux',
        vm: { host: second.host, known: Promise.resolve(), away: () => null },
      },
    });
    const { beside } = engine;
    try {
      await loaded(engine);
      expect(beside.state()).toBeNull();

      beside.turn({ of: 'vm' });
      expect(await besideIs(beside, (now) => now?.running === 1 && now)).toMatchObject({
        endpoint: { host: second.host, source: 'Gantry VM' },
        containers: 1,
      });
      await second.cli(['create', '--name', 'later', 'gantry-test/hello']);
      await besideIs(beside, (now) => now?.containers === 2);
      expect(named(engine.projection.snapshot(), 'neighbour')).toBeUndefined();

      // A port that a container of the other engine has: known before a run, and named when a start fails for it.
      const ports = [{ hostIp: '127.0.0.1', hostPort: port, containerPort: 80, protocol: 'tcp' as const }];
      const around = { snapshot: engine.projection.snapshot(), neighbour: beside.neighbour() };
      const spec = { ...plain, image: 'gantry-test/hello', ports };
      const findings = await checkRun(engine.docker(), spec, {
        ...around,
        signal: AbortSignal.timeout(20_000),
      });
      expect(findings).toMatchObject([
        {
          field: 'ports.0',
          message: expect.stringContaining(`Port ${port} is used by neighbour in Gantry’s VM`),
        },
      ]);
      const id = await shown.cli([
        'create',
        '--name',
        'late',
        '-p',
        `127.0.0.1:${port}:80`,
        'gantry-test/hello',
      ]);
      await until(engine, (now) => now.containers.has(id));
      const { failed } = await engine.lifecycle.start([id]);
      await shown.cli(['rm', '--force', 'late']);
      expect(failed).toMatchObject([
        {
          problem: { title: `Port ${port} is used by neighbour in Gantry’s VM`, actions: [{ kind: 'call' }] },
        },
      ]);

      // It goes and comes without the shown one.
      await second.kill();
      await besideIs(beside, (now) => now === null);
      expect(beside.neighbour()).toBeNull();
      expect(engine.state().status).toBe('connected');
      await second.restart();
      await besideIs(beside, (now) => now?.containers === 2);

      // The other way round: the VM's engine is never the one that was found.
      engine.select(second.host);
      await until(engine, (now) => named(now, 'neighbour'));
      beside.turn({ of: 'found', host: null });
      const { endpoint } = await besideIs(beside, (now) => now?.endpoint.host === shown.host && now);
      expect(endpoint).toMatchObject({ source: 'DOCKER_HOST' });
      beside.turn({ of: 'found', host: second.host });
      await besideIs(beside, (now) => now === null);
    } finally {
      await engine.close();
    }
  });
});
