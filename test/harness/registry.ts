import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stringify } from 'yaml';
import { openDen } from './den';
import { type Blob, type BuiltImage, buildImage, descriptor, jsonBlob } from './images';
import { findProgram, run } from './run';
import { startThrottle } from './throttle';
import { startTokenServer, type TokenServer } from './token-server';

const START_LIMIT_MS = 60_000;
const LIST_TYPE = 'application/vnd.docker.distribution.manifest.list.v2+json';

export interface RegistryOptions {
  /** Serve https with a self-signed certificate for 127.0.0.1 and localhost. */
  tls?: boolean;
  /**
   * Ask for the name and password in `credentials`: at once, or through a server for bearer tokens, which lets anybody
   * pull from repositories under `public/`.
   */
  auth?: 'basic' | 'token';
  /** Answer no faster than this, so that the progress of a pull can be seen. Not together with tls. */
  bytesPerSecond?: number;
}

export interface TestRegistry extends AsyncDisposable {
  /** `127.0.0.1:port`, as it stands before the repository in an image's name. */
  host: string;
  /** `http://…` or `https://…` */
  url: string;
  credentials?: { username: string; password: string };
  /** The certificate (PEM) to trust, with tls. */
  certificate?: string;
  /** Scopes of the bearer tokens that were given out, and to whom. */
  tokensAsked: { scope: string; username: string | null }[];
  /** Uploads an image as `repository:tag` under each tag; gives the manifest's digest. */
  push(image: BuiltImage, repository: string, ...tags: string[]): Promise<string>;
  /** Uploads images for several platforms and a list of them under each tag; gives the list's digest. */
  pushList(images: BuiltImage[], repository: string, ...tags: string[]): Promise<string>;
  stop(): Promise<void>;
}

interface Answer {
  status: number;
  location?: string;
  body: string;
}

/** Says how to reach a registry and with whose name. */
interface Access {
  url: string;
  certificate?: string;
  credentials?: { username: string; password: string };
  /** In place of the credentials. */
  token?: (repository: string) => string;
}

async function call(access: Access, method: string, url: URL, body?: Blob): Promise<Answer> {
  const headers: Record<string, string | number> = { 'content-length': body?.content.length ?? 0 };
  if (body) headers['content-type'] = body.mediaType;
  const { credentials, certificate, token } = access;
  const [, repository] = /^\/v2\/(.+)\/(?:blobs|manifests)\//.exec(url.pathname) ?? [];
  if (token && repository) headers.authorization = `Bearer ${token(repository)}`;
  const auth = credentials && !token ? `${credentials.username}:${credentials.password}` : undefined;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = send(url, { method, headers, auth, ca: certificate }, resolve);
    sent.once('error', reject);
    sent.end(body?.content);
  });
  let text = '';
  for await (const chunk of answer) text += chunk;
  return { status: answer.statusCode ?? 0, location: answer.headers.location, body: text };
}

async function expectStatus(expected: number, what: string, answer: Promise<Answer>): Promise<Answer> {
  const got = await answer;
  if (got.status !== expected) throw new Error(`${what}: the registry answered ${got.status} ${got.body}`);
  return got;
}

async function pushBlob(access: Access, repository: string, content: Blob): Promise<void> {
  const known = await call(access, 'HEAD', new URL(`/v2/${repository}/blobs/${content.digest}`, access.url));
  if (known.status === 200) return;
  const open = new URL(`/v2/${repository}/blobs/uploads/`, access.url);
  const { location } = await expectStatus(202, 'Opening an upload', call(access, 'POST', open));
  const target = new URL(location ?? '', access.url);
  target.searchParams.set('digest', content.digest);
  const bytes = { ...content, mediaType: 'application/octet-stream' };
  await expectStatus(201, `Uploading ${content.digest}`, call(access, 'PUT', target, bytes));
}

async function pushManifest(
  access: Access,
  repository: string,
  manifest: Blob,
  names: string[],
): Promise<void> {
  for (const name of names) {
    const target = new URL(`/v2/${repository}/manifests/${name}`, access.url);
    await expectStatus(201, `Pushing ${repository}:${name}`, call(access, 'PUT', target, manifest));
  }
}

async function pushImage(
  access: Access,
  image: BuiltImage,
  repository: string,
  names: string[],
): Promise<void> {
  for (const content of [image.config, ...image.layers]) await pushBlob(access, repository, content);
  await pushManifest(access, repository, image.manifest, names);
}

/** The address in the line by which docker-registry says that it is listening. */
async function listening(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('The registry has no standard error');
  const said: string[] = [];
  const lines = createInterface({ input: child.stderr });
  return await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(limit);
      reject(new Error(`docker-registry ${why}:\n${said.slice(-20).join('\n')}`));
    };
    const limit = setTimeout(() => fail('did not become ready'), START_LIMIT_MS);
    child.once('error', (error) => fail(error.message));
    child.once('close', (code) => fail(`ended with ${code}`));
    // Goes on reading after the start: a full pipe would block the registry.
    lines.on('line', (line) => {
      said.push(line);
      if (said.length > 100) said.shift();
      const found = /listening on (127\.0\.0\.1:\d+)/.exec(line);
      if (!found?.[1]) return;
      clearTimeout(limit);
      resolve(found[1]);
    });
  });
}

async function makeCertificate(folder: string): Promise<{ certificate: string; key: string }> {
  const paths = { certificate: join(folder, 'registry.crt'), key: join(folder, 'registry.key') };
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
    ...['-keyout', paths.key, '-out', paths.certificate],
  ]);
  return paths;
}

/** Starts a real registry (docker-registry) on a free loopback port, with its storage in a throw-away folder. */
export async function startRegistry(options: RegistryOptions = {}): Promise<TestRegistry> {
  const den = openDen();
  let tokens: TokenServer | undefined;
  try {
    const { folder } = den;
    mkdirSync(join(folder, 'storage'));
    const tls = options.tls ? await makeCertificate(folder) : undefined;
    const credentials = options.auth ? { username: 'ada', password: 'correct horse' } : undefined;
    const passwords = join(folder, 'htpasswd');
    if (credentials && options.auth === 'token') {
      const { certificate: trusted, key } = await makeCertificate(folder);
      tokens = await startTokenServer({ certificate: trusted, key, credentials });
    } else if (credentials) {
      const { username, password } = credentials;
      writeFileSync(passwords, await run('htpasswd', ['-Bbn', username, password]));
    }
    const auth = tokens?.settings ?? { htpasswd: { realm: 'gantry-test', path: passwords } };
    const settings = {
      version: 0.1,
      log: { accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(folder, 'storage') }, delete: { enabled: true } },
      // Relative addresses hold behind the throttle, too.
      http: { addr: '127.0.0.1:0', relativeurls: true, ...(tls ? { tls } : {}) },
      ...(credentials ? { auth } : {}),
    };
    const config = join(folder, 'config.yml');
    writeFileSync(config, stringify(settings));
    // Debian calls it docker-registry, other distributions registry.
    const program = findProgram('docker-registry', 'registry');
    if (!program) throw new Error('No registry here. Debian has one in the package docker-registry.');
    const child = spawn(program, ['serve', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    const direct = await listening(child);
    const throttle = options.bytesPerSecond ? await startThrottle(direct, options.bytesPerSecond) : undefined;
    const host = throttle?.host ?? direct;
    const scheme = tls ? 'https' : 'http';
    const certificate = tls ? readFileSync(tls.certificate, 'utf8') : undefined;
    // Uploads go past the throttle.
    const access: Access = {
      url: `${scheme}://${direct}`,
      certificate,
      credentials,
      token: tokens?.tokenFor,
    };
    const stop = async (): Promise<void> => {
      throttle?.close();
      tokens?.close();
      await den.close();
    };
    return {
      host,
      url: `${scheme}://${host}`,
      credentials,
      certificate,
      tokensAsked: tokens?.asked ?? [],
      async push(image, repository, ...tags) {
        await pushImage(access, image, repository, tags);
        return image.manifest.digest;
      },
      async pushList(images, repository, ...tags) {
        for (const image of images) await pushImage(access, image, repository, [image.manifest.digest]);
        const list = jsonBlob(LIST_TYPE, {
          schemaVersion: 2,
          mediaType: LIST_TYPE,
          manifests: images.map((image) => ({ ...descriptor(image.manifest), platform: image.platform })),
        });
        await pushManifest(access, repository, list, tags);
        return list.digest;
      },
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    tokens?.close();
    await den.close();
    throw error;
  }
}

/** Uploads an image to any plain registry as `repository:tag`. @param url `http://127.0.0.1:port` */
export async function pushTo(
  url: string,
  image: BuiltImage,
  repository: string,
  ...tags: string[]
): Promise<void> {
  await pushImage({ url }, image, repository, tags);
}

/** A registry as an image: the very program that the tests use on this computer, with the libraries it asks for. */
export async function registryImage(): Promise<BuiltImage> {
  const program = findProgram('docker-registry', 'registry');
  if (!program) throw new Error('No registry here. Debian has one in the package docker-registry.');
  const needed = (await run('ldd', [program])).toString().matchAll(/(\/\S+) \(0x/g);
  const libraries = [...needed].map(([, path = '']) => ({
    path: path.slice(1),
    content: readFileSync(path),
    mode: 0o755,
  }));
  const settings = {
    version: 0.1,
    storage: { filesystem: { rootdirectory: '/var/lib/registry' } },
    http: { addr: '0.0.0.0:5000', relativeurls: true },
  };
  return buildImage({
    layers: [
      {
        instruction: 'COPY registry /',
        files: [
          ...libraries,
          { path: 'registry', content: readFileSync(program), mode: 0o755 },
          { path: 'config.yml', content: stringify(settings) },
          { path: 'tmp/.keep', content: '' },
        ],
      },
    ],
    run: { Cmd: ['/registry', 'serve', '/config.yml'], ExposedPorts: { '5000/tcp': {} } },
  });
}
