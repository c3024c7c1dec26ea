import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { expect, it } from 'vitest';
import { followEngine, until } from '../../harness/follow';
import { run } from '../../harness/run';
import { describeWithEngine, sharedEngine } from '../../harness/shared';

/** Carries each connection of a server to the shared engine's socket. */
function carry(client: Socket, socket: string): void {
  const upstream = connect(socket);
  client.on('error', () => upstream.destroy());
  upstream.on('error', () => client.destroy());
  client.pipe(upstream).pipe(client);
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const connected = { status: 'connected', problem: null, facts: { apiVersion: '1.41', os: 'linux' } };

describeWithEngine('ways to an engine', () => {
  it('tcp', async (test) => {
    const { socket } = sharedEngine(test);
    const server = createServer((client) => carry(client, socket));
    try {
      await using engine = followEngine(`tcp://127.0.0.1:${await portOf(server)}`);
      const state = await until(engine, (now) => now.loaded && now.engine.facts && now.engine);
      expect(state).toMatchObject(connected);
    } finally {
      server.close();
    }
  });

  it('tcp with TLS, where the certificate has to be known', async (test) => {
    const { socket } = sharedEngine(test);
    const folder = await mkdtemp(join(tmpdir(), 'gantry-tls-'));
    const [key, certificate] = [join(folder, 'server.key'), join(folder, 'ca.pem')];
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate],
    ]);
    const options = { key: await readFile(key), cert: await readFile(certificate) };
    const server = createTlsServer(options, (client) => carry(client, socket));
    try {
      const host = `tcp://127.0.0.1:${await portOf(server)}`;
      const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
      {
        await using engine = followEngine(host, env);
        const state = await until(engine, (now) => now.loaded && now.engine.facts && now.engine);
        expect(state).toMatchObject(connected);
      }
      await rm(certificate);
      await using engine = followEngine(host, env);
      expect((await until(engine, (now) => now.engine.problem)).code).toBe('engine-not-trusted');
    } finally {
      server.close();
      await rm(folder, { recursive: true });
    }
  });

  it('ssh, with a stand-in for ssh that runs the rest of the command line here', async (test) => {
    const { host, cli } = sharedEngine(test);
    const folder = await mkdtemp(join(tmpdir(), 'gantry-ssh-'));
    const { PATH, DOCKER_HOST } = process.env;
    const script = [
      '#!/bin/sh',
      `echo "$@" >> ${folder}/called`,
      'while [ "$1" != "--" ]; do shift; done',
      'shift 2',
      `DOCKER_HOST=${host} exec "$@"`,
    ];
    await writeFile(join(folder, 'ssh'), script.join('\n'));
    await chmod(join(folder, 'ssh'), 0o755);
    process.env.PATH = `${folder}:${PATH}`;
    try {
      await using engine = followEngine('ssh://me@far.example:2222');
      const state = await until(engine, (now) => now.loaded && now.engine.facts && now.engine);
      expect(state).toMatchObject(connected);
      await cli(['create', '--name', 'by-ssh', 'gantry-test/hello']);
      await until(engine, (now) => [...now.containers.values()].some(({ name }) => name === 'by-ssh'));
      await cli(['rm', 'by-ssh']);
    } finally {
      process.env.PATH = PATH;
      if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST;
      await rm(folder, { recursive: true });
    }
  });

  it('ssh that fails is told in plain words', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gantry-ssh-'));
    const { PATH } = process.env;
    await writeFile(
      join(folder, 'ssh'),
      '#!/bin/sh\necho "me@far.example: Permission denied (publickey)." >&2\nexit 255\n',
    );
    await chmod(join(folder, 'ssh'), 0o755);
    process.env.PATH = `${folder}:${PATH}`;
    try {
      await using engine = followEngine('ssh://me@far.example');
      const problem = await until(engine, (now) => now.engine.problem);
      expect(problem.code).toBe('engine-ssh-failed');
      expect(problem.detail).toContain('Permission denied (publickey)');
    } finally {
      process.env.PATH = PATH;
      await rm(folder, { recursive: true });
    }
  });

  it('an address that is none is told in plain words', async () => {
    await using engine = followEngine('http//nonsense');
    const problem = await until(engine, (now) => now.engine.problem);
    expect(problem.detail).toContain('unix://, tcp://, npipe:// or ssh://');
  });
});
