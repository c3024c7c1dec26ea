import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addCliPlugin } from '../../harness/cli-plugins';
import { run } from '../../harness/run';
import { describeWithVm, startVm, type TestVm } from '../../harness/vm';
import { connectionsTo } from './connections';
import type { EngineUnderTest, HostFacts } from './engine-under-test';
import { loadBatteryImages } from './images';
import { registerBattery } from './index';

/** How many times longer everything may take than with an ordinary engine: software emulation is that slow. */
const SLOWNESS = Number(process.env.GANTRY_TEST_SLOWNESS ?? 15);

const ownUid = process.getuid?.() ?? 0;

function factsOf(vm: TestVm, sharedFolder: string, buildx: HostFacts['buildx']): HostFacts {
  return {
    sharedFolder,
    publishedAt: '127.0.0.1',
    // Root of a container is the user who runs Gantry, everyone else one of that user's subordinate ids. Gantry as
    // root has no need of them.
    ownerOf: (uid) => (ownUid === 0 || uid === 0 ? ownUid + uid : 'subordinate'),
    missingFolder: 'created',
    openConnections: () => connectionsTo(vm.socket),
    // The guest has the plugin, and sees the folder at the same path.
    compose: (folder, ...args) =>
      vm.inGuest(
        'docker',
        'compose',
        '--project-directory',
        folder,
        '-f',
        join(folder, 'compose.yaml'),
        ...args,
      ),
    buildx,
  };
}

describeWithVm("the docker CLI with Gantry's VM", () => {
  let folder: string;
  let vm: TestVm;
  let underTest: EngineUnderTest;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gantry-vm-'));
    const make = async (name: string): Promise<string> => {
      await mkdir(join(folder, name));
      return join(folder, name);
    };
    const [home, shared, configFolder] = [await make('home'), await make('shared'), await make('cli')];
    // The keeper writes its docker context there, and not into the user's own configuration.
    process.env.DOCKER_CONFIG = configFolder;
    vm = await startVm(home, { folders: [{ path: shared, writable: true }] });
    const facts = factsOf(vm, shared, await addCliPlugin(configFolder, 'docker-buildx'));
    underTest = { host: vm.dockerHost, configFolder, facts };
    await loadBatteryImages(underTest);
  });
  afterAll(async () => {
    await vm?.stop();
    await rm(folder, { recursive: true });
  });

  it('is found by its docker context', { timeout: 20_000 * SLOWNESS }, async () => {
    const env = { PATH: process.env.PATH, DOCKER_CONFIG: underTest.configFolder };
    const format = '{{.Server.Os}}';
    expect(
      (await run('docker', ['--context', 'gantry', 'version', '--format', format], { env })).toString(),
    ).toBe('linux\n');
  });

  registerBattery({ engine: () => underTest, slowness: SLOWNESS });
});
