import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { addCliPlugin, findCliPlugin } from '../harness/cli-plugins';
import { startEngine, type TestEngine } from '../harness/engine';
import { run } from '../harness/run';
import { describeWithEngine } from '../harness/shared';
import { registerBattery } from './battery';
import type { EngineUnderTest, HostFacts } from './battery/engine-under-test';
import { loadBatteryImages } from './battery/images';

/**
 * Connected ends of an engine's socket that the engine holds, as Linux lists them: they bear the socket's path.
 * dockerd lets go of some connections only when its garbage is collected, hence that is done first; its profiler,
 * which has a way to ask for it, is there with `--debug`: https://pkg.go.dev/net/http/pprof
 */
async function connectionsTo(socket: string): Promise<number> {
  await collectGarbage(socket);
  const CONNECTED = '03';
  const lines = (await readFile('/proc/net/unix', 'utf8')).split('\n').map((line) => line.split(/\s+/));
  return lines.filter((fields) => fields[5] === CONNECTED && fields[7] === socket).length;
}

function collectGarbage(socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get({ socketPath, path: '/debug/pprof/heap?gc=1' }, (answer) => {
      answer.resume().once('end', resolve);
    }).once('error', reject);
  });
}

async function factsOf(engine: TestEngine, sharedFolder: string): Promise<HostFacts> {
  const [compose, buildx] = ['docker-compose', 'docker-buildx'].map(findCliPlugin);
  if (compose) await addCliPlugin(engine.configFolder, 'docker-compose', compose);
  if (buildx) await addCliPlugin(engine.configFolder, 'docker-buildx', buildx);
  const env = { PATH: process.env.PATH, DOCKER_HOST: engine.host, DOCKER_CONFIG: engine.configFolder };
  return {
    sharedFolder,
    publishedAt: '127.0.0.1',
    ownerOf: (uid) => uid,
    ownerAfterChown: (uid) => uid,
    missingFolder: 'created',
    openConnections: () => connectionsTo(engine.socket),
    compose: compose
      ? async (cwd, ...args) => (await run('docker', ['compose', ...args], { env, cwd })).toString().trim()
      : { missing: 'no docker compose here (GANTRY_TEST_CLI_PLUGINS can name a folder with docker-compose)' },
    buildx: buildx
      ? 'there'
      : { missing: 'no docker buildx here (GANTRY_TEST_CLI_PLUGINS can name a folder with docker-buildx)' },
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
    underTest = { dockerHost: engine.host, configFolder: engine.configFolder, facts };
    await loadBatteryImages(engine);
  });
  afterAll(async () => {
    await engine.stop();
    await rm(sharedFolder, { recursive: true });
  });

  registerBattery({ engine: () => underTest, slowness: 1 });
});
