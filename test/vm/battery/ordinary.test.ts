import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { addCliPlugin } from '../../harness/cli-plugins';
import { startEngine, type TestEngine } from '../../harness/engine';
import { run } from '../../harness/run';
import { describeWithEngine } from '../../harness/shared';
import { connectionsTo } from './connections';
import type { EngineUnderTest, HostFacts } from './engine-under-test';
import { loadBatteryImages } from './images';
import { registerBattery } from './index';

/**
 * dockerd lets go of some connections only when its garbage is collected. Its profiler, which has a way to ask for
 * that, is there with `--debug`: https://pkg.go.dev/net/http/pprof
 */
function collectGarbage(socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get({ socketPath, path: '/debug/pprof/heap?gc=1' }, (answer) => {
      answer.resume().once('end', resolve);
    }).once('error', reject);
  });
}

async function factsOf(engine: TestEngine, sharedFolder: string): Promise<HostFacts> {
  const compose = await addCliPlugin(engine.configFolder, 'docker-compose');
  const env = { PATH: process.env.PATH, DOCKER_HOST: engine.host, DOCKER_CONFIG: engine.configFolder };
  return {
    sharedFolder,
    publishedAt: '127.0.0.1',
    ownerOf: (uid) => uid,
    missingFolder: 'created',
    openConnections: async () => {
      await collectGarbage(engine.socket);
      return connectionsTo(engine.socket);
    },
    compose:
      compose === 'there'
        ? async (cwd, ...args) => (await run('docker', ['compose', ...args], { env, cwd })).toString().trim()
        : compose,
    buildx: await addCliPlugin(engine.configFolder, 'docker-buildx'),
  };
}

/** The battery's control: what fails here is wrong in the battery, not in Gantry's VM. */
describeWithEngine('the docker CLI with an ordinary engine', () => {
  let engine: TestEngine;
  let sharedFolder: string;
  let underTest: EngineUnderTest;
  beforeAll(async () => {
    engine = await startEngine({ args: ['--debug'] });
    sharedFolder = await mkdtemp(join(tmpdir(), 'gantry-battery-'));
    const facts = await factsOf(engine, sharedFolder);
    underTest = { host: engine.host, configFolder: engine.configFolder, facts };
    await loadBatteryImages(underTest);
  });
  afterAll(async () => {
    await engine.stop();
    await rm(sharedFolder, { recursive: true });
  });

  registerBattery({ engine: () => underTest, slowness: 1 });
});
