import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import Dockerode from 'dockerode';
import { contact } from '#engine/handshake';
import { toProblem } from '#engine/problems';
import { startRegistry } from '../../../harness/registry';
import { type Bench, complaint, type Provoke, standIn } from './bench';

/** A user without any rights. */
const NOBODY = 65534;

/** What is told when this docker host is tried. */
const tried = ({ refused }: Bench, host: string, signal = AbortSignal.timeout(5000)) =>
  refused(contact({ host, label: 'Test', source: 'DOCKER_HOST', tls: null }, signal), { host });

const version = ({ engine, refused }: Bench, asked: string) =>
  refused(new Dockerode({ socketPath: engine.socket, version: asked }).version());

/** Errors on the way to the engine. */
export const provokedByConnection: Record<string, Provoke> = {
  'client-too-old': (bench) => version(bench, 'v1.1'),
  'engine-too-old': (bench) => version(bench, 'v1.99'),
  'engine-forbidden': async (bench) => toProblem(await complaint(bench, ['version'], NOBODY)),
  'engine-off': (bench) => tried(bench, 'unix:///no/such/docker.sock'),
  'engine-unreachable': (bench) => tried(bench, 'tcp://engine.invalid:2375'),
  'engine-not-trusted': async (bench) => {
    // Any server with a certificate that nobody vouches for.
    const registry = await startRegistry({ tls: true });
    bench.after(() => registry.stop());
    const { hostname, port } = new URL(registry.url);
    return bench.refused(new Dockerode({ protocol: 'https', host: hostname, port }).ping());
  },
  'engine-ssh-failed': (bench) => tried(bench, 'ssh://nobody@127.0.0.1:1'),
  'engine-broke-off': async (bench) => {
    const host = await standIn(bench, (request) => request.socket.destroy());
    return tried(bench, `tcp://${host}`);
  },
  'engine-silent': async (bench) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    bench.after(async () => server.close());
    const { port } = server.address() as AddressInfo;
    return tried(bench, `tcp://127.0.0.1:${port}`, AbortSignal.timeout(200));
  },
  'engine-garbled': async (bench) => {
    const server = createServer((socket) => socket.once('data', () => socket.end('hello\r\n\r\n')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    bench.after(async () => server.close());
    return tried(bench, `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
  },
};
