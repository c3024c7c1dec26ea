import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import Dockerode from 'dockerode';
import { describe, expect, it, type TestContext, vi } from 'vitest';
import type { Container, EngineState, RunSpec, TaskProgress } from '#contract';
import { ProblemError } from '#contract/problem';
import { pullImage } from '#engine/pull';
import { checkRun } from '#engine/run/check';
import { proposeRun } from '#engine/run/propose';
import { startRun } from '#engine/run/start';
import { aContainer } from '../../harness/a-container';
import { fixtureImage } from '../../harness/images';
import { startRegistry } from '../../harness/registry';
import { sharedEngine } from '../../harness/shared';
import { plain } from './specs';

const engineState = (host: string): EngineState => ({
  status: 'connected',
  endpoint: { host, label: 'Docker', source: 'DOCKER_HOST' },
  facts: {
    version: '20.10',
    apiVersion: '1.41',
    os: 'linux',
    arch: process.arch === 'arm64' ? 'arm64' : 'amd64',
    cpus: 2,
    memoryBytes: 2 ** 33,
    name: 'test',
    rootless: false,
  },
  since: 0,
  problem: null,
  nextAttemptAt: null,
});

function bench(test: TestContext, containers: Container[] = []) {
  const { cli, socket, host } = sharedEngine(test);
  const docker = new Dockerode({ socketPath: socket });
  const snapshot = {
    engine: engineState(host),
    containers: new Map(containers.map((one) => [one.id, one])),
    volumes: new Map(),
    networks: new Map(),
  };
  const neighbour = null;
  const signal = AbortSignal.timeout(100_000);
  const start = (
    spec: Partial<RunSpec>,
    onProgress: (progress: TaskProgress) => void = () => undefined,
    until = signal,
  ) =>
    startRun(
      docker,
      { ...plain, ...spec },
      {
        signal: until,
        onProgress,
        snapshot: () => snapshot,
        neighbour: () => neighbour,
        pull: (wanted, options) => pullImage(docker, wanted, options),
      },
    );
  const problemOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof ProblemError)) throw new Error(`not a problem: ${error}`);
    return error.problem;
  };
  const check = (spec: Partial<RunSpec>) =>
    checkRun(docker, { ...plain, ...spec }, { snapshot, neighbour, signal });
  return { cli, docker, snapshot, signal, start, check, problemOf };
}

async function listening() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}

const everything = async (cli: (args: string[]) => Promise<string>, word: string) =>
  [await cli(['ps', '--all', '--format', '{{.Names}}']), await cli(['volume', 'ls', '--format', '{{.Name}}'])]
    .join('\n')
    .split('\n')
    .filter((name) => name.includes(word));

const portOf = (hostPort: number, containerPort = 80): RunSpec['ports'][number] => ({
  containerPort,
  hostPort,
  protocol: 'tcp',
  hostIp: '127.0.0.1',
});

describe('starting a run', () => {
  it('pulls what is missing, creates, starts, and answers', async (test) => {
    const { cli, docker, start, snapshot, signal } = bench(test);
    const registry = await startRegistry();
    try {
      await registry.push(await fixtureImage('hello'), 'team/start-hello', '1.0');
      const image = `${registry.host}/team/start-hello:1.0`;
      const before = await proposeRun(docker, image, { snapshot, neighbour: null, signal });
      expect(before).toMatchObject({ local: false, spec: { name: 'start-hello', ports: [] } });
      const seen: string[] = [];
      const { containerId } = await start({ image, name: 'start-hello' }, ({ kind }) => seen.push(kind));
      expect(seen).toContain('layers');
      expect(seen.slice(-2)).toEqual(['steps', 'steps']);
      expect(await cli(['inspect', '--format', '{{.State.Running}}', containerId])).toBe('true');
      const after = await proposeRun(docker, image, { snapshot, neighbour: null, signal });
      expect(after).toMatchObject({
        local: true,
        sources: { ports: 'image' },
        spec: { restart: 'unless-stopped', tty: false, ports: [{ containerPort: 80, hostIp: '127.0.0.1' }] },
      });
      const [port] = after.spec.ports;
      await start({ ...after.spec, name: 'start-page' });
      const page = await vi.waitFor(async () => (await fetch(`http://127.0.0.1:${port?.hostPort}/`)).text(), {
        timeout: 30_000,
      });
      expect(page).toContain('Hello from Gantry');
      await cli(['rm', '--force', 'start-hello', 'start-page']);
      await cli(['rmi', image]);
    } finally {
      await registry.stop();
    }
  });

  it('leaves nothing behind when the port was taken in the meantime, and offers the next', async (test) => {
    const { cli, start, problemOf } = bench(test);
    const taken = await listening();
    try {
      const problem = await problemOf(
        start({
          name: 'debris-port',
          ports: [portOf(taken.port)],
          mounts: [
            { type: 'volume', source: 'debris-port-data', target: '/data', readOnly: false },
            { type: 'volume', source: '', target: '/anonymous', readOnly: false },
          ],
        }),
      );
      expect(problem.code).toBe('port-taken-by-program');
      expect(problem.actions[0]).toMatchObject({ kind: 'change', field: 'ports.0.hostPort' });
      expect(problem.command).toContain('--publish');
      expect(await everything(cli, 'debris-port')).toEqual([]);
    } finally {
      await taken.close();
    }
  });

  it('names the container that has the port', async (test) => {
    const { cli, start, problemOf, snapshot } = bench(test);
    const [free] = [await listening()];
    await free.close();
    await start({ name: 'holder', ports: [portOf(free.port)] });
    const ports = [{ containerPort: 80, protocol: 'tcp' as const, hostIp: '127.0.0.1', hostPort: free.port }];
    snapshot.containers.set('h', aContainer({ id: 'h', name: 'holder', ports }));
    try {
      const problem = await problemOf(start({ name: 'debris-held', ports: [portOf(free.port)] }));
      expect(problem.title).toContain('holder');
      expect(problem.actions).toContainEqual(expect.objectContaining({ label: 'Stop holder' }));
      expect(await everything(cli, 'debris-held')).toEqual([]);
    } finally {
      await cli(['rm', '--force', 'holder']);
    }
  });

  it.for([
    ['command-not-found', { command: ['no-such-program'] }],
    ['user-unknown', { user: 'nobody-here' }],
    [
      'folder-missing',
      { mounts: [{ type: 'bind', source: '/no/such/folder', target: '/x', readOnly: false }] },
    ],
  ] as [string, Partial<RunSpec>][])('says %s and leaves nothing behind', async ([code, part], test) => {
    const { cli, start, problemOf } = bench(test);
    const volume = { type: 'volume' as const, source: `debris-${code}`, target: '/data', readOnly: false };
    const spec = { ...part, name: `debris-${code}`, mounts: [...(part.mounts ?? []), volume] };
    expect(await problemOf(start(spec))).toMatchObject({ code });
    expect(await everything(cli, `debris-${code}`)).toEqual([]);
  });

  it('keeps a volume that was there before', async (test) => {
    const { cli, start, problemOf } = bench(test);
    await cli(['volume', 'create', 'kept-volume']);
    const mounts = [{ type: 'volume' as const, source: 'kept-volume', target: '/data', readOnly: false }];
    await problemOf(start({ name: 'kept', command: ['no-such-program'], mounts }));
    expect(await everything(cli, 'kept')).toEqual(['kept-volume']);
    await cli(['volume', 'rm', 'kept-volume']);
  });

  it('takes away what it made when it is cancelled', async (test) => {
    const { cli, start, problemOf } = bench(test);
    const owner = new AbortController();
    const mounts = [{ type: 'volume' as const, source: 'cancelled-data', target: '/data', readOnly: false }];
    const run = start(
      { name: 'cancelled', mounts },
      (progress) => {
        if (progress.kind === 'steps' && progress.step === 2) owner.abort();
      },
      owner.signal,
    );
    expect(await problemOf(run)).toMatchObject({ code: 'cancelled' });
    expect(await everything(cli, 'cancelled')).toEqual([]);
  });
});

describe('checking a run', () => {
  const holder = aContainer({
    id: 'db',
    name: 'db-1',
    ports: [{ containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 41234 }],
  });

  it('has nothing to say about a plain one', async (test) => {
    expect(await bench(test).check({ name: 'fine' })).toEqual([]);
  });

  it('finds the name taken or wrong', async (test) => {
    const { check } = bench(test, [holder]);
    expect(await check({ name: 'db-1' })).toMatchObject([
      {
        level: 'problem',
        field: 'name',
        actions: [
          { field: 'name', value: 'db-2' },
          { label: 'Open db-1' },
          { label: 'Delete the old db-1', input: { ids: ['db'] } },
        ],
      },
    ]);
    expect(await check({ name: 'my web!' })).toMatchObject([
      { field: 'name', actions: [{ value: 'my-web' }] },
    ]);
  });

  it('finds the port taken by a container, by a program, or twice', async (test) => {
    const { check } = bench(test, [holder]);
    expect(await check({ ports: [portOf(41234)] })).toMatchObject([
      {
        level: 'problem',
        field: 'ports.0',
        message: 'Port 41234 is used by db-1.',
        actions: [
          { label: 'Use port 41235 instead', field: 'ports.0.hostPort', value: 41235 },
          { label: 'Stop db-1' },
          {},
        ],
      },
    ]);
    const taken = await listening();
    try {
      const [finding] = await check({ ports: [portOf(taken.port)] });
      expect(finding?.message).toContain('another program');
      if (process.platform === 'linux') expect(finding?.message).toContain(`(process ${process.pid})`);
      expect(finding?.actions[0]).toMatchObject({ field: 'ports.0.hostPort', value: expect.any(Number) });
    } finally {
      await taken.close();
    }
    const findings = await check({ ports: [portOf(41300), portOf(41300, 81)] });
    expect(findings).toMatchObject([{ field: 'ports.1', actions: [{ value: 41301 }] }]);
  });

  it('finds what is wrong with folders and volumes', async (test) => {
    const { check } = bench(test);
    const mount = (part: Partial<RunSpec['mounts'][number]>) => ({
      mounts: [{ type: 'bind' as const, source: '/tmp', target: '/x', readOnly: false, ...part }],
    });
    expect(await check(mount({}))).toEqual([]);
    expect(await check(mount({ source: '/no/such' }))).toMatchObject([
      { field: 'mounts.0', actions: [{ procedure: 'run.createFolder', input: { path: '/no/such' } }] },
    ]);
    expect(await check(mount({ source: '~/code' }))).toMatchObject([
      { actions: [{ field: 'mounts.0.source' }] },
    ]);
    expect(await check(mount({ type: 'volume', source: './a' }))).toMatchObject([
      { actions: [{ label: 'Use it as a folder', field: 'mounts.0.type', value: 'bind' }] },
    ]);
    expect(await check(mount({ target: '/' }))).toMatchObject([{ level: 'problem' }]);
    expect(await check(mount({ source: '/' }))).toMatchObject([{ level: 'warning' }]);
    expect(await check(mount({ source: '/var/run/docker.sock', target: '/s' }))).toContainEqual(
      expect.objectContaining({ level: 'warning' }),
    );
  });

  it('asks for a needed variable, unless another way is chosen', async (test) => {
    const { docker, snapshot, signal } = bench(test);
    const catalogueEntry = {
      reference: 'gantry-test/hello',
      tag: 'latest',
      name: 'Hello',
      category: 'Tools' as const,
      purpose: '',
      ports: [],
      variables: [{ name: 'HELLO_PASSWORD', label: 'Password', needed: true, secret: true, help: '' }],
      data: [{ path: '/data', volume: 'hello-data' }],
      whenItRuns: '',
      interactive: false,
    };
    const around = { snapshot, neighbour: null, signal, catalogueEntry };
    const { spec } = await proposeRun(docker, plain.image, around);
    expect(spec).toMatchObject({
      env: [{ name: 'HELLO_PASSWORD', value: '', secret: true }],
      mounts: [{ source: 'hello-data', target: '/data' }],
    });
    expect(await checkRun(docker, spec, around)).toMatchObject([
      {
        field: 'env.0',
        actions: [{ label: 'Generate', value: { value: expect.stringMatching(/^\w{24}$/) } }],
      },
    ]);
    const env = [{ name: 'HELLO_PASSWORD_FILE', value: '/run/secret' }];
    expect(await checkRun(docker, { ...spec, env }, around)).toEqual([]);
  });

  it.for([
    ['image', { image: 'Web' }, { label: 'Use web' }],
    ['network', { network: 'nowhere' }, { value: undefined }],
    ['workdir', { workdir: 'app' }, { value: '/app' }],
    ['restart', { autoRemove: true, restart: 'always' }, { value: 'no' }],
    ['cpus', { cpus: 99 }, { value: 2 }],
    ['memoryBytes', { memoryBytes: 1000 }, { value: 6291456 }],
  ] as [string, Partial<RunSpec>, object][])('repairs %s', async ([field, part, action], test) => {
    const findings = await bench(test).check(part);
    expect(findings).toMatchObject([
      { level: 'problem', field, actions: [action, ...(findings[0]?.actions.slice(1) ?? [])] },
    ]);
  });

  it.for([
    ['privileged', { privileged: true }],
    ['ports.0', { ports: [{ ...portOf(41500), hostIp: '0.0.0.0' }] }],
    ['network', { network: 'host' }],
    ['mounts.0', { mounts: [{ type: 'bind', source: '/var/run', target: '/host', readOnly: false }] }],
    ['mounts.0', { mounts: [{ type: 'bind', source: '/home', target: '/homes', readOnly: true }] }],
    ['mounts.0', { mounts: [{ type: 'bind', source: '/etc', target: '/host', readOnly: false }] }],
    ['capAdd.0', { capAdd: ['SYS_ADMIN'] }],
    ['platform', { platform: 'linux/s390x' }],
  ] as [string, Partial<RunSpec>][])('warns of %s', async ([field, part], test) => {
    expect(await bench(test).check(part)).toMatchObject([{ level: 'warning', field }]);
  });

  it('names the database that everybody in the network could reach', async (test) => {
    const ports = [{ ...portOf(41501, 5432), hostIp: '0.0.0.0' }];
    expect(await bench(test).check({ ports })).toMatchObject([
      {
        level: 'warning',
        message: expect.stringContaining('PostgreSQL database'),
        actions: [{ value: '127.0.0.1' }],
      },
    ]);
  });
});
