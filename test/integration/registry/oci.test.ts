import { describe, expect, test } from 'vitest';
import { createRegistries, type Registries } from '#registry/index';
import { buildImage, busyboxLayer, fixtureImage } from '../../harness/images';
import { startRegistry } from '../../harness/registry';
import { findProgram } from '../../harness/run';
import { bareEnv, memorySettings, problemOf } from '../../unit/registry/stand-in';

const never = new AbortController().signal;

function registries(): Registries & { settings: ReturnType<typeof memorySettings> } {
  const settings = memorySettings();
  const made = createRegistries({
    settings,
    version: '1.2.3',
    searchEngine: () => Promise.reject(new Error('no engine')),
    platform: () => ({ os: 'linux', arch: 'amd64' }),
    env: bareEnv(),
  });
  return Object.assign(made, { settings });
}

const missing = findProgram('docker-registry', 'registry') ? '' : ' (not run: no docker-registry here)';

describe.skipIf(missing)(`a real registry${missing}`, () => {
  test('is added by its host alone, found to speak plain HTTP, and searched by name', async () => {
    await using server = await startRegistry();
    const image = await fixtureImage('hello');
    for (const name of ['team/hello', 'team/hello-admin', 'other/thing'])
      await server.push(image, name, 'latest');
    const all = registries();
    const added = await all.addRegistry({ host: `http://${server.host}/` }, never);
    expect(added).toEqual({
      host: server.host,
      name: server.host,
      insecure: true,
      signedInAs: null,
      credentialStore: null,
    });
    expect(all.sources().at(-1)).toMatchObject({ id: server.host, searchable: true });
    const page = await all.search({ source: server.host, term: 'hello team' }, never);
    expect(page.total).toBe(2);
    expect(page.results.map(({ reference, trust }) => [reference, trust])).toEqual([
      [`${server.host}/team/hello`, 'yours'],
      [`${server.host}/team/hello-admin`, 'yours'],
    ]);
    await all.removeRegistry(server.host);
    expect((await all.registries()).map(({ host }) => host)).toEqual(['docker.io', 'quay.io']);
  });

  test('lists many tags over its pages, newest version first, and filters them', async () => {
    await using server = await startRegistry();
    const tags = Array.from({ length: 130 }, (_, n) => `1.${n}`);
    await server.push(await fixtureImage('hello'), 'app', ...tags, 'latest', 'edge');
    const all = registries();
    const first = await all.tags({ source: server.host, repository: 'app' }, never);
    expect(first.total).toBe(132);
    expect(first.tags.slice(0, 3).map(({ name }) => name)).toEqual(['latest', '1.129', '1.128']);
    const seen = [...first.tags];
    for (let next = first.next; next !== null; ) {
      const page = await all.tags({ source: server.host, repository: 'app', next }, never);
      seen.push(...page.tags);
      next = page.next;
    }
    expect(new Set(seen.map(({ name }) => name)).size).toBe(132);
    expect(seen.at(-1)?.name).toBe('edge');
    const filtered = await all.tags({ source: server.host, repository: 'app', filter: '1.12' }, never);
    expect(filtered.total).toBe(11);
  });

  test('tells digest, platforms and compressed size of an image and of a list', async () => {
    await using server = await startRegistry();
    const amd64 = await buildImage({
      layers: [await busyboxLayer()],
      run: { Cmd: ['sh'] },
      platform: { architecture: 'amd64' },
    });
    const arm = await buildImage({
      layers: [await busyboxLayer()],
      run: {},
      platform: { architecture: 'arm', variant: 'v7' },
    });
    await server.push(amd64, 'app', 'single');
    const list = await server.pushList([amd64, arm], 'app', 'multi');
    const all = registries();
    const bytes = [amd64.config, ...amd64.layers].reduce((sum, { content }) => sum + content.length, 0);
    const single = await all.tag({ source: server.host, repository: 'app', tag: 'single' }, never);
    expect(single).toMatchObject({
      digest: amd64.manifest.digest,
      downloadBytes: bytes,
      platforms: [{ os: 'linux', arch: 'amd64', sizeBytes: bytes }],
    });
    const multi = await all.tag({ source: server.host, repository: 'app', tag: 'multi' }, never);
    expect(multi).toMatchObject({ digest: list, downloadBytes: bytes });
    expect(multi.platforms.map(({ arch, variant }) => arch + variant)).toEqual(['amd64', 'armv7']);
    const image = await all.remoteImage({ source: server.host, repository: 'app', tag: 'multi' }, never);
    expect(image).toMatchObject({ layers: 1, downloadBytes: bytes, command: ['sh'] });
  });

  test('tells how an image starts', async () => {
    await using server = await startRegistry();
    await server.push(await fixtureImage('noshell'), 'app', '1');
    const image = await registries().remoteImage({ source: server.host, repository: 'app', tag: '1' }, never);
    expect(image).toMatchObject({
      layers: 1,
      entrypoint: ['/httpd'],
      command: ['-f', '-p', '8080'],
      exposedPorts: ['8080/tcp'],
      createdAt: Date.parse('2024-01-01T00:00:00Z'),
    });
  });

  test('says that an image is not there', async () => {
    await using server = await startRegistry();
    const problem = await problemOf(
      registries().tags({ source: server.host, repository: 'no/where' }, never),
    );
    expect(problem).toMatchObject({
      code: 'registry-not-found',
      title: `no/where is not in ${server.host}, or it is private`,
    });
  });

  test('asks for a sign-in, refuses a wrong one, and keeps the right one in memory and for pulls', async () => {
    await using server = await startRegistry({ auth: 'basic' });
    if (!server.credentials) throw new Error('The registry has no credentials');
    await server.push(await fixtureImage('hello'), 'team/hello', '1');
    const all = registries();
    const wrong = await problemOf(
      all.addRegistry({ host: server.host, credentials: { username: 'ada', password: 'wrong' } }, never),
    );
    expect(wrong).toMatchObject({
      code: 'sign-in-needed',
      title: `${server.host} did not accept the sign-in`,
    });
    expect(all.settings.now.registries).toEqual([]);
    await all.addRegistry({ host: server.host }, never);
    const nobody = await problemOf(all.search({ source: server.host, term: 'hello' }, never));
    expect(nobody).toMatchObject({ code: 'sign-in-needed', title: `${server.host} wants a sign-in` });
    const signedIn = await all.signIn({ host: server.host, credentials: server.credentials }, never);
    expect(signedIn).toMatchObject({ signedInAs: 'ada', credentialStore: 'memory' });
    expect((await all.search({ source: server.host, term: 'hello' }, never)).total).toBe(1);
    expect(await all.authFor(`${server.host}/team/hello:1`, never)).toEqual({
      ...server.credentials,
      serveraddress: server.host,
    });
    expect(JSON.stringify(all.settings.now)).not.toContain(server.credentials.password);
    await all.signOut(server.host);
    expect(await all.authFor(`${server.host}/team/hello:1`, never)).toBeUndefined();
    expect((await problemOf(all.search({ source: server.host, term: 'hello' }, never))).code).toBe(
      'sign-in-needed',
    );
  });

  test('names a certificate that nobody vouches for', async () => {
    await using server = await startRegistry({ tls: true });
    const all = registries();
    const problem = await problemOf(all.addRegistry({ host: server.host }, never));
    expect(problem.code).toBe('registry-certificate');
    expect(problem.explanation).toMatch(
      /a certificate for “localhost”, signed by itself \(SHA-256 [0-9A-F:]{95}\)/,
    );
    expect(all.settings.now.registries).toEqual([]);
  });
});
