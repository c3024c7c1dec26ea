import { networkInterfaces } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { toProblem } from '#engine/problems';
import { pullImage } from '#engine/pull';
import { createContainer } from '#engine/run/create';
import { buildImage, busyboxLayer, fixtureImage, loadImage } from '../../../harness/images';
import { startRegistry } from '../../../harness/registry';
import { plain } from '../../run/specs';
import { type Bench, complaint, type Provoke, standIn } from './bench';

const foreign = process.arch === 'arm64' ? 'amd64' : 'arm64';

const pull = ({ docker, refused }: Bench, reference: string) =>
  refused(
    pullImage(
      docker,
      { reference, platform: undefined },
      {
        signal: AbortSignal.timeout(100_000),
        onProgress: () => undefined,
      },
    ),
  );

/** A small server in place of a registry that refuses with this error. */
async function pullRefused(bench: Bench, status: number, code: string, message: string) {
  const host = await standIn(bench, ({ url }, answer) => {
    answer.writeHead(url === '/v2/' ? 200 : status, { 'content-type': 'application/json' });
    answer.end(url === '/v2/' ? '{}' : JSON.stringify({ errors: [{ code, message }] }));
  });
  return pull(bench, `${host}/shop:1`);
}

async function registry(bench: Bench, options: Parameters<typeof startRegistry>[0] = {}) {
  const started = await startRegistry(options);
  bench.after(() => started.stop());
  return started;
}

/** An image for another processor, on the engine. */
async function foreignImage({ engine, after }: Bench): Promise<string> {
  const image = await buildImage({
    layers: [await busyboxLayer()],
    run: { Cmd: ['/bin/sh'] },
    platform: { architecture: foreign },
  });
  await loadImage(engine, image, 'gantry-test/foreign:latest');
  after(() => engine.cli(['rmi', '--force', 'gantry-test/foreign']));
  return 'gantry-test/foreign';
}

/** An IPv4 address of this computer that is not the loopback: the engine trusts no plain registry there. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const found = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (!found) throw new Error('This computer has no network');
  return found.address;
}

/** Errors of pulls and of images. */
export const provokedByImages: Record<string, Provoke> = {
  'pull-denied': (bench) => pullRefused(bench, 403, 'DENIED', 'requested access to the resource is denied'),
  'sign-in-needed': async (bench) => pull(bench, `${(await registry(bench, { auth: 'basic' })).host}/shop:1`),
  'platform-missing': async (bench) => {
    const { host, pushList } = await registry(bench);
    const image = await buildImage({
      layers: [await busyboxLayer()],
      run: { Cmd: ['/bin/sh'] },
      platform: { architecture: foreign },
    });
    await pushList([image], 'shop', '1');
    return pull(bench, `${host}/shop:1`);
  },
  'tag-missing': async (bench) => {
    const { host, push } = await registry(bench);
    await push(await fixtureImage('hello'), 'shop', '1');
    return pull(bench, `${host}/shop:2`);
  },
  'rate-limited': (bench) =>
    pullRefused(bench, 429, 'TOOMANYREQUESTS', 'You have reached your pull rate limit.'),
  'reference-invalid': ({ docker, refused }) =>
    refused(createContainer(docker, { ...plain, image: 'Web' }, AbortSignal.timeout(10_000))),
  'registry-not-trusted': async (bench) => {
    const host = await standIn(bench, (_request, answer) => answer.end('{}'), '0.0.0.0');
    return pull(bench, `${host.replace('127.0.0.1', ownAddress())}/shop:1`);
  },
  // Nothing listens on port 1.
  'registry-unreachable': (bench) => pull(bench, '127.0.0.1:1/shop:1'),
  'image-missing': ({ create, refused }) => refused(create({ Image: 'gantry-test/nowhere:1' })),
  'platform-foreign': async (bench) => {
    const Image = await foreignImage(bench);
    bench.after(() => bench.engine.cli(['rm', 'provoked-foreign']));
    // A warning in the engine's answer, which the docker CLI prints.
    return toProblem(await complaint(bench, ['create', '--name', 'provoked-foreign', Image]));
  },
  'platform-differs': async (bench) => {
    const image = await foreignImage(bench);
    const platform = `linux/${foreign === 'arm64' ? 'amd64' : 'arm64'}`;
    return bench.refused(
      createContainer(bench.docker, { ...plain, image, platform }, AbortSignal.timeout(10_000)),
    );
  },
  'disk-full': async (bench) => {
    await bench.docker.createVolume({
      Name: 'provoked-small',
      Driver: 'local',
      DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' },
    });
    bench.after(() => bench.docker.getVolume('provoked-small').remove());
    const container = await bench.create({
      HostConfig: { Mounts: [{ Type: 'volume', Source: 'provoked-small', Target: '/small' }] },
    });
    await container.start();
    const archive = pack();
    archive.entry({ name: 'big' }, Buffer.alloc(2 ** 21));
    archive.finalize();
    return bench.refused(container.putArchive(await buffer(archive), { path: '/small' }));
  },
  'image-in-use': async ({ create, docker, refused }) => {
    await (await create()).start();
    return refused(docker.getImage('gantry-test/hello').remove());
  },
  'image-has-children': async (bench) => {
    const { docker, refused, after } = bench;
    const parent = (await docker.getImage('gantry-test/failing').inspect()).Id;
    const container = await bench.create({ Image: 'gantry-test/failing' });
    await container.commit({ repo: 'gantry-test/child', tag: '1' });
    await container.remove();
    after(() => docker.getImage('gantry-test/child:1').remove());
    return refused(docker.getImage(parent).remove());
  },
  'image-many-names': async ({ docker, refused, after }) => {
    await docker.getImage('gantry-test/noshell').tag({ repo: 'gantry-test/second', tag: '1' });
    after(() => docker.getImage('gantry-test/second:1').remove());
    const { Id } = await docker.getImage('gantry-test/noshell').inspect();
    return refused(docker.getImage(Id).remove());
  },
};
