import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import Dockerode from 'dockerode';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TaskProgress } from '#contract';
import { ProblemError } from '#contract/problem';
import { type PullInput, pullImage } from '#engine/pull';
import { type BuiltImage, buildImage, busyboxLayer, fixtureImage } from '../../harness/images';
import { startRegistry, type TestRegistry } from '../../harness/registry';
import { describeWithEngine, sharedEngine } from '../../harness/shared';
import { startThrottle } from '../../harness/throttle';

type Layers = Extract<TaskProgress, { kind: 'layers' }>;

let registry: TestRegistry;
let big: BuiltImage;

beforeAll(async () => {
  registry = await startRegistry();
  big = await fixtureImage('bigpull');
});
afterAll(() => registry?.stop());

/** Pulls and notes every progress that was told. */
async function pulled(docker: Dockerode, input: PullInput, signal = new AbortController().signal) {
  const told: Layers[] = [];
  const onProgress = (progress: TaskProgress) => {
    if (progress.kind === 'layers') told.push(progress);
  };
  return { ...(await pullImage(docker, input, { signal, onProgress })), told };
}

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problem;
  throw new Error(`Expected a problem, got ${String(error)}`);
}

const layersOf = (image: BuiltImage) => image.layers.length;

/** Passes connections on and knows which of them carried much and are still open. */
async function startWitness(target: string): Promise<{ host: string; heavy: Set<Socket>; server: Server }> {
  const [host = '', port] = target.split(':');
  const heavy = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), host);
    let carried = 0;
    upstream.on('data', (chunk) => {
      carried += chunk.length;
      if (carried > 100_000) heavy.add(client);
    });
    client.once('close', () => {
      heavy.delete(client);
      upstream.destroy();
    });
    for (const socket of [client, upstream]) socket.on('error', () => client.destroy());
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The witness has no port');
  return { host: `127.0.0.1:${address.port}`, heavy, server };
}

describeWithEngine('pulling from a registry', () => {
  it('tells what each layer does, from waiting to done, and never goes back', async (test) => {
    const { socket, cli } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    await registry.push(big, 'pull/big', '1');
    const throttle = await startThrottle(registry.host, 8_000_000);
    const reference = `${throttle.host}/pull/big:1`;
    try {
      const { imageId, told, ...rest } = await pulled(docker, { reference });
      expect(rest.reference).toBe(reference);
      expect(imageId).toBe(big.config.digest);
      const received = told.map(({ receivedBytes }) => receivedBytes);
      expect(received).toEqual([...received].sort((a, b) => a - b));
      expect(told[0]).toMatchObject({ layers: [], totalBytes: null, doing: 'Asking the registry' });
      const phases = new Set(told.flatMap(({ layers }) => layers.map(({ phase }) => phase)));
      expect([...phases]).toEqual(expect.arrayContaining(['waiting', 'downloading', 'done']));
      expect(told.some(({ bytesPerSecond }) => bytesPerSecond !== null && bytesPerSecond > 0)).toBe(true);
      const last = told.at(-1);
      expect(last?.layers).toHaveLength(layersOf(big));
      expect(last?.layers.every(({ phase }) => phase === 'done')).toBe(true);
      expect(last?.receivedBytes).toBe(last?.totalBytes);
      // What was told is the compressed size of the layers, as the registry keeps them.
      const sizes = big.layers.reduce((sum, { content }) => sum + content.length, 0);
      expect(last?.receivedBytes).toBeGreaterThan(sizes * 0.9);
      expect(last?.receivedBytes).toBeLessThanOrEqual(sizes);
    } finally {
      throttle.close();
      await cli(['rmi', '--force', reference]).catch(() => undefined);
    }
  });

  it('says of layers that are there already that they are', async (test) => {
    const { socket, cli } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    await registry.push(await fixtureImage('layers'), 'pull/base', '1');
    const more = await buildImage({
      layers: [
        await busyboxLayer(),
        { instruction: 'COPY own /', files: [{ path: 'own', content: 'only here\n' }] },
      ],
      run: {},
    });
    await registry.push(more, 'pull/more', '1');
    const references = [`${registry.host}/pull/base:1`, `${registry.host}/pull/more:1`] as const;
    try {
      await pulled(docker, { reference: references[0] });
      const { told } = await pulled(docker, { reference: references[1] });
      expect(
        told
          .at(-1)
          ?.layers.map(({ phase }) => phase)
          .sort(),
      ).toEqual(['done', 'exists']);
    } finally {
      await cli(['rmi', '--force', ...references]).catch(() => undefined);
    }
  });

  it('pulls by digest, and latest when no tag is written', async (test) => {
    const { socket, cli } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const hello = await fixtureImage('hello');
    const digest = await registry.push(hello, 'pull/hello', 'latest');
    const repository = `${registry.host}/pull/hello`;
    try {
      const byDigest = await pulled(docker, { reference: `${repository}@${digest}` });
      expect(byDigest).toMatchObject({
        reference: `${repository}@${digest}`,
        imageId: hello.config.digest,
      });
      const byName = await pulled(docker, { reference: repository });
      expect(byName).toMatchObject({ reference: `${repository}:latest`, imageId: hello.config.digest });
    } finally {
      await cli(['rmi', '--force', `${repository}:latest`, `${repository}@${digest}`]).catch(() => undefined);
    }
  });

  it('pulls several at once', async (test) => {
    const { socket, cli } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const names = ['chatty', 'failing', 'noshell'] as const;
    const references = names.map((name) => `${registry.host}/pull/several-${name}:1`);
    for (const name of names) await registry.push(await fixtureImage(name), `pull/several-${name}`, '1');
    try {
      const results = await Promise.all(references.map((reference) => pulled(docker, { reference })));
      const ids = await Promise.all(names.map(async (name) => (await fixtureImage(name)).config.digest));
      expect(results.map(({ imageId }) => imageId)).toEqual(ids);
    } finally {
      await cli(['rmi', '--force', ...references]).catch(() => undefined);
    }
  });

  it('ends the engine’s own download when it is cancelled', async (test) => {
    const { socket, cli } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    await registry.push(big, 'pull/cancelled', '1');
    const throttle = await startThrottle(registry.host, 200_000);
    const witness = await startWitness(throttle.host);
    const reference = `${witness.host}/pull/cancelled:1`;
    const owner = new AbortController();
    try {
      const work = pullImage(
        docker,
        { reference },
        {
          signal: owner.signal,
          onProgress: () => {
            if (witness.heavy.size > 0) owner.abort();
          },
        },
      );
      expect(await problemOf(work)).toMatchObject({ code: 'cancelled' });
      // The layers that were on their way are no longer: the engine hung up.
      await expect.poll(() => witness.heavy.size, { timeout: 60_000 }).toBe(0);
      expect(await cli(['images', '--quiet', reference])).toBe('');
      // And it can be pulled again.
      const again = `${registry.host}/pull/cancelled:1`;
      expect((await pulled(docker, { reference: again })).imageId).toBe(big.config.digest);
      await cli(['rmi', '--force', again]);
    } finally {
      owner.abort();
      throttle.close();
      witness.server.close();
    }
  });

  it('cancels before the engine has answered', async (test) => {
    const { socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    // Takes connections and never says a word, as a registry behind a broken proxy does.
    const mute = createServer();
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const address = mute.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const owner = new AbortController();
    const sockets: Socket[] = [];
    mute.on('connection', (client) => {
      sockets.push(client);
      owner.abort();
    });
    try {
      const work = pulled(docker, { reference: `127.0.0.1:${port}/mute:1` }, owner.signal);
      expect(await problemOf(work)).toMatchObject({ code: 'cancelled' });
    } finally {
      for (const client of sockets) client.destroy();
      mute.close();
    }
  });
});

describeWithEngine('a pull that fails', () => {
  it('says that the tag or the image is not there', async (test) => {
    const { socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    await registry.push(await fixtureImage('hello'), 'pull/known', '1');
    const reference = `${registry.host}/pull/known:99`;
    expect(await problemOf(pulled(docker, { reference }))).toMatchObject({
      code: 'tag-missing',
      title: expect.stringContaining('pull/known:99'),
      actions: [{ kind: 'open', page: 'discover', target: `${registry.host}/pull/known` }],
      detail: expect.stringMatching(/manifest/),
    });
    const unknown = `${registry.host}/pull/unknown:1`;
    expect((await problemOf(pulled(docker, { reference: unknown }))).code).toMatch(
      /^(tag-missing|pull-denied)$/,
    );
  });

  it('says that the image is not made for this processor, or for the one that was asked for', async (test) => {
    const { socket, cli } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const layers = [await busyboxLayer()];
    const foreign = [
      await buildImage({ layers, run: {}, platform: { architecture: 's390x' } }),
      await buildImage({ layers, run: {}, platform: { architecture: 'ppc64le' } }),
    ];
    await registry.pushList(foreign, 'pull/foreign', '1');
    const reference = `${registry.host}/pull/foreign:1`;
    expect(await problemOf(pulled(docker, { reference }))).toMatchObject({ code: 'platform-missing' });
    try {
      const { imageId } = await pulled(docker, { reference, platform: 'linux/s390x' });
      expect(imageId).toBe(foreign[0]?.config.digest);
    } finally {
      await cli(['rmi', '--force', reference]).catch(() => undefined);
    }
  });

  it('says that a sign-in is missing or wrong, and pulls with the right one', async (test) => {
    const { socket, cli } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    await using closed = await startRegistry({ auth: 'basic' });
    const hello = await fixtureImage('hello');
    await closed.push(hello, 'team/secret', '1');
    const reference = `${closed.host}/team/secret:1`;
    expect(await problemOf(pulled(docker, { reference }))).toMatchObject({ code: 'sign-in-needed' });
    const credentials = closed.credentials ?? { username: '', password: '' };
    const wrong = { ...credentials, password: 'wrong', serveraddress: closed.host };
    expect(await problemOf(pulled(docker, { reference, auth: wrong }))).toMatchObject({
      code: 'sign-in-needed',
    });
    try {
      const auth = { ...credentials, serveraddress: closed.host };
      expect((await pulled(docker, { reference, auth })).imageId).toBe(hello.config.digest);
    } finally {
      await cli(['rmi', '--force', reference]).catch(() => undefined);
    }
  });

  it('says that nothing answers where the registry should be', async (test) => {
    const { socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const address = free.address();
    const port = typeof address === 'object' ? address?.port : 0;
    free.close();
    await once(free, 'close');
    expect(await problemOf(pulled(docker, { reference: `127.0.0.1:${port}/team/app:1` }))).toMatchObject({
      code: 'registry-unreachable',
    });
  });

  it('does not ask the engine for what is no name of an image', async () => {
    // Nothing listens there: reaching it would be another problem.
    const docker = new Dockerode({ socketPath: '/nowhere/docker.sock' });
    for (const reference of ['Nginx', 'nginx:', '/app', 'https://quay.io/app', 'nginx latest', '']) {
      expect(await problemOf(pulled(docker, { reference }))).toMatchObject({ code: 'reference-invalid' });
    }
  });
});
