import Dockerode from 'dockerode';
import { describe, expect, test } from 'vitest';
import { pullImage } from '#engine/pull';
import { createRegistries } from '#registry/index';
import { fixtureImage } from '../../harness/images';
import { startRegistry, type TestRegistry } from '../../harness/registry';
import { findProgram } from '../../harness/run';
import { sharedEngine } from '../../harness/shared';
import { bareEnv, memorySettings, problemOf } from '../../unit/registry/stand-in';

const never = new AbortController().signal;

function registries() {
  return createRegistries({
    settings: memorySettings(),
    version: '1.2.3',
    searchEngine: () => Promise.reject(new Error('no engine')),
    platform: () => ({ os: 'linux', arch: 'amd64' }),
    env: bareEnv(),
  });
}

async function startPrivateRegistry(): Promise<TestRegistry> {
  const server = await startRegistry({ auth: 'token' });
  const image = await fixtureImage('hello');
  await server.push(image, 'public/hello', '1');
  await server.push(image, 'secret/hello', '1');
  return server;
}

const missing = findProgram('docker-registry', 'registry') ? '' : ' (not run: no docker-registry here)';

describe.skipIf(missing)(`a real registry with bearer tokens${missing}`, () => {
  test('shows what is public to anybody, and asks for a sign-in for the rest', async () => {
    await using server = await startPrivateRegistry();
    const all = registries();
    await all.addRegistry({ host: server.host }, never);
    const tags = await all.tags({ source: server.host, repository: 'public/hello' }, never);
    expect(tags.tags.map(({ name }) => name)).toEqual(['1']);
    const one = await all.tag({ source: server.host, repository: 'public/hello', tag: '1' }, never);
    expect(one.digest).toMatch(/^sha256:/);
    expect(new Set(server.tokensAsked.map(({ scope }) => scope))).toEqual(
      new Set(['repository:public/hello:pull']),
    );
    const refused = await problemOf(all.tags({ source: server.host, repository: 'secret/hello' }, never));
    expect(refused).toMatchObject({ code: 'sign-in-needed', title: `${server.host} wants a sign-in` });
  });

  test('takes a sign-in, and refuses a wrong one', async () => {
    await using server = await startPrivateRegistry();
    if (!server.credentials) throw new Error('The registry has no credentials');
    const all = registries();
    const wrong = { ...server.credentials, password: 'wrong' };
    expect(await problemOf(all.addRegistry({ host: server.host, credentials: wrong }, never))).toMatchObject({
      code: 'sign-in-needed',
      title: `${server.host} did not accept the sign-in`,
    });
    const added = await all.addRegistry({ host: server.host, credentials: server.credentials }, never);
    expect(added.signedInAs).toBe('ada');
    const tags = await all.tags({ source: server.host, repository: 'secret/hello' }, never);
    expect(tags.tags.map(({ name }) => name)).toEqual(['1']);
    expect(server.tokensAsked.at(-1)).toEqual({ scope: 'repository:secret/hello:pull', username: 'ada' });
  });

  test('lists its repositories to those who may see the list', async () => {
    await using server = await startPrivateRegistry();
    if (!server.credentials) throw new Error('The registry has no credentials');
    const all = registries();
    await all.addRegistry({ host: server.host }, never);
    const nobody = await problemOf(all.search({ source: server.host, term: 'hello' }, never));
    expect(nobody.code).toBe('sign-in-needed');
    await all.signIn({ host: server.host, credentials: server.credentials }, never);
    const found = await all.search({ source: server.host, term: 'hello' }, never);
    expect(found.results.map(({ repository }) => repository)).toEqual(['public/hello', 'secret/hello']);
  });

  test('gives the engine what a pull of a private image needs', async (context) => {
    const engine = sharedEngine(context);
    await using server = await startPrivateRegistry();
    if (!server.credentials) throw new Error('The registry has no credentials');
    const reference = `${server.host}/secret/hello:1`;
    const docker = new Dockerode({ socketPath: engine.socket });
    const control = { signal: never, onProgress: () => undefined };
    const all = registries();
    await all.addRegistry({ host: server.host }, never);
    const without = pullImage(docker, { reference, auth: await all.authFor(reference, never) }, control);
    expect((await problemOf(without)).code).toBe('pull-denied');
    await all.signIn({ host: server.host, credentials: server.credentials }, never);
    const pulled = await pullImage(docker, { reference, auth: await all.authFor(reference, never) }, control);
    expect(pulled.reference).toBe(reference);
    await engine.cli(['image', 'rm', reference]);
  });
});
