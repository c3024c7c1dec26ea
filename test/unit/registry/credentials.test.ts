import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CredentialStore } from '#registry/credentials';
import { bareEnv } from './stand-in';

const secret = 'correct horse';

/** A docker credential helper which keeps each sign-in in a file of its folder, as the protocol says. */
function helperIn(folder: string, name: string): void {
  const path = join(folder, `docker-credential-${name}`);
  writeFileSync(
    path,
    `#!${process.execPath}
const fs = require('node:fs');
const input = fs.readFileSync(0, 'utf8');
const file = (server) => ${JSON.stringify(folder)} + '/kept-' + encodeURIComponent(server);
fs.appendFileSync(${JSON.stringify(join(folder, 'calls'))}, process.argv[2] + '\\n');
if (process.argv[2] === 'store') fs.writeFileSync(file(JSON.parse(input).ServerURL), input);
else if (!fs.existsSync(file(input))) { console.log('credentials not found in native keychain'); process.exit(1); }
else if (process.argv[2] === 'get') console.log(fs.readFileSync(file(input), 'utf8'));
else fs.rmSync(file(input));
`,
  );
  chmodSync(path, 0o755);
}

test('without a helper, sign-ins stay in memory and in no file', async () => {
  const env = bareEnv();
  const store = new CredentialStore(env);
  expect(await store.get('registry.example')).toBeNull();
  expect(await store.store('registry.example', { username: 'ada', password: secret })).toBe('memory');
  expect(await store.get('registry.example')).toEqual({ username: 'ada', password: secret, store: 'memory' });
  expect(readFileSync(join(env.DOCKER_CONFIG, 'config.json'), 'utf8')).toBe('{"credsStore":"absent"}');
  expect(readdirSync(env.DOCKER_CONFIG)).toEqual(['config.json']);
  await store.erase('registry.example');
  expect(await store.get('registry.example')).toBeNull();
});

test('with a helper, sign-ins are shared with the docker CLI', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-helper-'));
  helperIn(folder, 'testkeys');
  const env = { ...bareEnv({ credsStore: 'testkeys' }), PATH: folder };
  const store = new CredentialStore(env);
  expect(await store.store('docker.io', { username: 'ada', password: secret })).toBe('testkeys');
  const kept = join(folder, `kept-${encodeURIComponent('https://index.docker.io/v1/')}`);
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({
    ServerURL: 'https://index.docker.io/v1/',
    Username: 'ada',
    Secret: secret,
  });
  const other = new CredentialStore(env);
  const found = { username: 'ada', password: secret, store: 'testkeys' };
  expect(await Promise.all([other.get('docker.io'), other.get('docker.io')])).toEqual([found, found]);
  const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
  expect(calls, 'two questions at once are one process').toEqual(['store', 'get']);
  await other.erase('docker.io');
  expect(existsSync(kept)).toBe(false);
  expect(await other.get('docker.io')).toBeNull();
});

test('a helper for one registry comes before the one for all', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-helper-'));
  helperIn(folder, 'special');
  const env = {
    ...bareEnv({ credsStore: 'absent', credHelpers: { 'registry.example': 'special' } }),
    PATH: folder,
  };
  const store = new CredentialStore(env);
  expect(await store.store('registry.example', { username: 'ada', password: secret })).toBe('special');
  expect(await store.store('other.example', { username: 'ada', password: secret })).toBe('memory');
});

test('reads what docker login wrote in readable form, and leaves it alone', async () => {
  const auth = Buffer.from(`ada:${secret}:with colon`).toString('base64');
  const env = bareEnv({
    auths: { 'https://registry.example/v1/': { auth }, 'https://index.docker.io/v1/': { auth } },
  });
  const store = new CredentialStore(env);
  const found = { username: 'ada', password: `${secret}:with colon`, store: 'config.json' };
  expect(await store.get('registry.example')).toEqual(found);
  expect(await store.get('docker.io')).toEqual(found);
  expect(await store.get('example')).toBeNull();
});

test('a name that is no helper starts nothing', async () => {
  const store = new CredentialStore(bareEnv({ credsStore: '../../bin/sh -c' }));
  expect(await store.store('registry.example', { username: 'ada', password: secret })).toBe('memory');
});
