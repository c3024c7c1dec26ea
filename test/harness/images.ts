import { createCipheriv, createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import type { TestEngine } from './engine';
import { run } from './run';

/** A file of a layer: its content, or where a symbolic link points. */
export type LayerFile =
  | { path: string; content: string | Buffer; mode?: number }
  | { path: string; link: string };

export interface LayerRecipe {
  /** The Dockerfile line which the image's history shows for this layer. */
  instruction: string;
  files: LayerFile[];
}

/** The part of an image's configuration that says how a container of it runs, in the field's spelling. */
export interface RunConfig {
  Cmd?: string[];
  Entrypoint?: string[];
  Env?: string[];
  ExposedPorts?: Record<string, object>;
  Volumes?: Record<string, object>;
  WorkingDir?: string;
  User?: string;
  StopSignal?: string;
  Labels?: Record<string, string>;
  Healthcheck?: { Test: string[]; Interval?: number; Timeout?: number; Retries?: number };
}

export interface ImageRecipe {
  layers: LayerRecipe[];
  run: RunConfig;
  /** Default: linux/amd64, or linux/arm64 on an arm64 machine. */
  platform?: { architecture: string; variant?: string };
  /** ISO date. The same recipe always gives the same digest. */
  created?: string;
}

export interface Blob {
  mediaType: string;
  digest: string;
  content: Buffer;
}

/** A finished image in the form in which registries keep it. */
export interface BuiltImage {
  config: Blob;
  layers: Blob[];
  manifest: Blob;
  platform: { os: 'linux'; architecture: string; variant?: string };
}

const DOCKER = 'application/vnd.docker';

export function blob(mediaType: string, content: Buffer): Blob {
  return { mediaType, content, digest: `sha256:${createHash('sha256').update(content).digest('hex')}` };
}

export function jsonBlob(mediaType: string, value: unknown): Blob {
  return blob(mediaType, Buffer.from(JSON.stringify(value)));
}

export function descriptor(of: Blob): { mediaType: string; digest: string; size: number } {
  return { mediaType: of.mediaType, digest: of.digest, size: of.content.length };
}

async function tar(files: LayerFile[]): Promise<Buffer> {
  const archive = pack();
  const mtime = new Date('2024-01-01T00:00:00Z');
  for (const file of files) {
    const name = file.path.replace(/^\//, '');
    if ('link' in file) archive.entry({ name, type: 'symlink', linkname: file.link, mtime });
    else archive.entry({ name, mode: file.mode ?? 0o644, mtime }, file.content);
  }
  archive.finalize();
  return buffer(archive);
}

/** Builds an image without engine and without network. */
export async function buildImage(recipe: ImageRecipe): Promise<BuiltImage> {
  const created = recipe.created ?? '2024-01-01T00:00:00Z';
  const native = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const platform = { os: 'linux' as const, ...(recipe.platform ?? { architecture: native }) };
  const archives = await Promise.all(recipe.layers.map((layer) => tar(layer.files)));
  const config = jsonBlob(`${DOCKER}.container.image.v1+json`, {
    ...platform,
    created,
    config: recipe.run,
    rootfs: { type: 'layers', diff_ids: archives.map((archive) => blob('', archive).digest) },
    history: [
      ...recipe.layers.map((layer) => ({ created, created_by: layer.instruction })),
      ...(recipe.run.Cmd
        ? [{ created, created_by: `CMD ${JSON.stringify(recipe.run.Cmd)}`, empty_layer: true }]
        : []),
    ],
  });
  const layers = archives.map((archive) =>
    blob(`${DOCKER}.image.rootfs.diff.tar.gzip`, gzipSync(archive, { level: 1 })),
  );
  const manifest = jsonBlob(`${DOCKER}.distribution.manifest.v2+json`, {
    schemaVersion: 2,
    mediaType: `${DOCKER}.distribution.manifest.v2+json`,
    config: descriptor(config),
    layers: layers.map(descriptor),
  });
  return { config, layers, manifest, platform };
}

/** Loads an image into an engine under the given names, such as `hello:latest`. */
export async function loadImage(
  engine: Pick<TestEngine, 'cli'>,
  image: BuiltImage,
  ...names: string[]
): Promise<void> {
  const file = (of: Blob): string => of.digest.slice('sha256:'.length);
  const manifest = [
    {
      Config: `${file(image.config)}.json`,
      RepoTags: names,
      Layers: image.layers.map((layer) => `${file(layer)}/layer.tar`),
    },
  ];
  const archive = await tar([
    { path: `${file(image.config)}.json`, content: image.config.content },
    ...image.layers.map((layer) => ({ path: `${file(layer)}/layer.tar`, content: layer.content })),
    { path: 'manifest.json', content: JSON.stringify(manifest) },
  ]);
  await engine.cli(['load', '--quiet'], { input: archive });
}

/** Debian's busybox-static. A dynamically linked busybox would find no libraries in an image. */
export function staticBusybox(): { path: string; content: Buffer } {
  for (const path of ['/bin/busybox', '/usr/bin/busybox', '/bin/busybox.static']) {
    if (!existsSync(path)) continue;
    const content = readFileSync(path);
    if (!content.includes('/ld-linux') && !content.includes('/ld-musl')) return { path, content };
  }
  throw new Error('No statically linked busybox here. Debian has it in the package busybox-static.');
}

let busybox: Promise<LayerRecipe> | undefined;

/** A small operating system: busybox with all its commands. */
export function busyboxLayer(): Promise<LayerRecipe> {
  busybox ??= (async () => {
    const { path, content } = staticBusybox();
    const applets = (await run(path, ['--list'])).toString().trim().split('\n');
    const links = applets
      .filter((name) => name !== 'busybox')
      .map((name) => ({ path: `bin/${name}`, link: 'busybox' }));
    return {
      instruction: 'ADD busybox.tar /',
      files: [
        { path: 'bin/busybox', content, mode: 0o755 },
        ...links,
        { path: 'etc/passwd', content: 'root:x:0:0:root:/root:/bin/sh\nweb:x:1000:1000::/:/bin/sh\n' },
        { path: 'etc/group', content: 'root:x:0:\nweb:x:1000:\n' },
        { path: 'tmp/.keep', content: '' },
      ],
    };
  })();
  return busybox;
}

const sh = (script: string): string[] => ['/bin/sh', '-c', script];
// The first process of a container gets only the signals it asks for; without this a stop takes ten seconds.
const IDLE = sh("trap 'exit 0' TERM; sleep 1000000 & wait");

/** Bytes that do not compress, always the same for the same seed. */
function noise(seed: number, length: number): Buffer {
  const key = createHash('sha256').update(`gantry ${seed}`).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}

const MB = 1024 * 1024;

const recipes = {
  /** A web server: port 80 shows a page, each request is a log line. */
  hello: async (): Promise<ImageRecipe> => ({
    layers: [
      await busyboxLayer(),
      {
        instruction: 'COPY index.html /www/',
        files: [
          {
            path: 'www/index.html',
            content: '<!doctype html><title>Hello</title><h1>Hello from Gantry</h1>\n',
          },
        ],
      },
    ],
    run: {
      Cmd: sh(
        'echo "hello: listening on port 80"; httpd -f -v -p 80 -h /www & ' +
          'trap "kill $!; exit 0" TERM INT; wait',
      ),
      Env: ['PATH=/bin', 'GREETING=Hello'],
      ExposedPorts: { '80/tcp': {} },
      Labels: { 'org.opencontainers.image.title': 'hello' },
    },
  }),
  /**
   * A log writer: COUNT (100) lines at once, alternating between standard output and red standard error,
   * then one line each second.
   */
  chatty: async (): Promise<ImageRecipe> => ({
    layers: [await busyboxLayer()],
    run: {
      Cmd: sh(
        'trap "exit 0" TERM; i=1; while :; do if [ $((i % 2)) = 1 ]; then echo "out line $i"; ' +
          'else printf "\\033[31merr line %s\\033[0m\\n" "$i" >&2; fi; ' +
          'i=$((i + 1)); [ "$i" -le "$COUNT" ] || sleep 1; done',
      ),
      Env: ['PATH=/bin', 'COUNT=100'],
    },
  }),
  /** One static program, no shell: `exec sh` fails. A web server on port 8080. */
  noshell: async (): Promise<ImageRecipe> => ({
    // busybox acts as the command by whose name it is called.
    layers: [
      {
        instruction: 'COPY httpd /',
        files: [{ path: 'httpd', content: staticBusybox().content, mode: 0o755 }],
      },
    ],
    run: {
      Entrypoint: ['/httpd'],
      Cmd: ['-f', '-p', '8080'],
      ExposedPorts: { '8080/tcp': {} },
      StopSignal: 'SIGKILL',
    },
  }),
  /** Says why and ends with exit code 3. */
  failing: async (): Promise<ImageRecipe> => ({
    layers: [await busyboxLayer()],
    run: { Cmd: sh('echo "failing: cannot open /etc/failing.conf" >&2; exit 3'), Env: ['PATH=/bin'] },
  }),
  /** Ends like a database that wants a password, with the words of PostgreSQL's image, unless it has one. */
  database: async (): Promise<ImageRecipe> => ({
    layers: [await busyboxLayer()],
    run: {
      Cmd: sh(
        'if [ -z "$POSTGRES_PASSWORD" ]; then ' +
          'echo "Error: Database is uninitialized and superuser password is not specified." >&2; exit 1; fi; ' +
          "trap 'exit 0' TERM; sleep 1000000 & wait",
      ),
      Env: ['PATH=/bin'],
      Volumes: { '/data': {} },
    },
  }),
  /** Five layers, a data volume, a working directory and a user. */
  layers: async (): Promise<ImageRecipe> => ({
    layers: [
      await busyboxLayer(),
      ...[1, 2, 3, 4].map((n) => ({
        instruction: `RUN /bin/sh -c echo layer ${n} > /layer-${n}`,
        files: [{ path: `layer-${n}`, content: `layer ${n}\n` }],
      })),
    ],
    run: {
      Cmd: IDLE,
      Env: ['PATH=/bin'],
      Volumes: { '/data': {} },
      WorkingDir: '/data',
      User: 'web',
    },
  }),
  /** Six layers of 4 MB that do not compress, for pulls whose progress can be seen. */
  bigpull: async (): Promise<ImageRecipe> => ({
    layers: [
      await busyboxLayer(),
      ...[1, 2, 3, 4, 5, 6].map((n) => ({
        instruction: `COPY noise-${n} /noise/`,
        files: [{ path: `noise/${n}`, content: noise(n, 4 * MB) }],
      })),
    ],
    run: { Cmd: IDLE, Env: ['PATH=/bin'] },
  }),
};

export type FixtureName = keyof typeof recipes;

const built = new Map<FixtureName, Promise<BuiltImage>>();

/** One of the images that tests share; built once per process. */
export function fixtureImage(name: FixtureName): Promise<BuiltImage> {
  const known = built.get(name) ?? recipes[name]().then(buildImage);
  built.set(name, known);
  return known;
}
