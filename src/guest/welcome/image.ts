import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { welcomeImage } from '#contract/images';
import { LINKS } from './links';

/** Fixed, so that the same inputs give the same image. Move it on with a change of the page. */
const CREATED = '2026-11-01T00:00:00Z';
const MTIME = new Date(CREATED);

const ASSETS = new URL('../../../assets/welcome/', import.meta.url);

type Entry =
  | { path: string; content: string | Buffer; executable?: boolean }
  | { path: string; link: string };

interface Layer {
  /** What the image's history shows for it. */
  instruction: string;
  archive: Buffer;
}

/** A tar archive whose bytes depend on nothing but the entries. */
function tar(entries: Entry[]): Promise<Buffer> {
  const archive = pack();
  const owner = { uid: 0, gid: 0, uname: 'root', gname: 'root', mtime: MTIME };
  for (const entry of entries) {
    if ('link' in entry) archive.entry({ name: entry.path, type: 'symlink', linkname: entry.link, ...owner });
    else
      archive.entry(
        { name: entry.path, mode: entry.executable ? 0o755 : 0o644, ...owner },
        typeof entry.content === 'string' ? Buffer.from(entry.content) : entry.content,
      );
  }
  archive.finalize();
  return buffer(archive);
}

const asset = (name: string): Promise<Buffer> => readFile(new URL(name, ASSETS));

async function systemLayer(busybox: string): Promise<Layer> {
  return {
    instruction: 'ADD busybox.tar /',
    archive: await tar([
      { path: 'bin/busybox', content: await readFile(busybox), executable: true },
      ...LINKS.map((name) => ({ path: `bin/${name}`, link: 'busybox' })),
      {
        path: 'etc/passwd',
        content: 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n',
      },
      { path: 'etc/group', content: 'root:x:0:\nnogroup:x:65534:\n' },
    ]),
  };
}

async function pageLayer(): Promise<Layer> {
  return {
    instruction: 'COPY welcome /srv',
    archive: await tar([
      { path: 'srv/start', content: await asset('start'), executable: true },
      { path: 'srv/httpd.conf', content: await asset('httpd.conf') },
      { path: 'srv/page.html', content: await asset('page.html') },
      { path: 'srv/www/cgi-bin/index.cgi', content: await asset('index.cgi'), executable: true },
      { path: 'srv/www/not-found.html', content: await asset('not-found.html') },
    ]),
  };
}

const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

/** How a container of it runs, and what it is: https://github.com/opencontainers/image-spec/blob/main/config.md */
function configuration(arch: 'amd64' | 'arm64', layers: Layer[]): string {
  const runs = ['EXPOSE 80/tcp', 'CMD ["/srv/start"]'];
  return JSON.stringify({
    architecture: arch,
    ...(arch === 'arm64' ? { variant: 'v8' } : {}),
    os: 'linux',
    created: CREATED,
    config: {
      Cmd: ['/srv/start'],
      Env: ['PATH=/bin'],
      ExposedPorts: { '80/tcp': {} },
      Labels: {
        'org.opencontainers.image.title': 'Welcome to Gantry',
        'org.opencontainers.image.description': 'A web server with one page that says what a container is',
        'org.opencontainers.image.vendor': 'Gantry',
        'org.opencontainers.image.created': CREATED,
        // The page is Gantry's, the server busybox's.
        'org.opencontainers.image.licenses': 'Apache-2.0 AND GPL-2.0-only',
      },
    },
    rootfs: { type: 'layers', diff_ids: layers.map(({ archive }) => `sha256:${sha256(archive)}`) },
    history: [
      ...layers.map(({ instruction }) => ({ created: CREATED, created_by: instruction })),
      ...runs.map((created_by) => ({ created: CREATED, created_by, empty_layer: true })),
    ],
  });
}

/**
 * Makes the image of a newcomer's first container, which needs no network, and writes it to `out` in the format of
 * `docker save`, ready for `POST /images/load`.
 * @param busybox a statically linked busybox of the guest's processor, such as that of Debian's busybox-static
 * @returns the image's id (`sha256:…`), which is the same for the same inputs as is every byte of the file
 */
export async function buildWelcomeImage(from: {
  busybox: string;
  out: string;
  arch: 'amd64' | 'arm64';
}): Promise<{ id: string }> {
  const layers = [await systemLayer(from.busybox), await pageLayer()];
  const config = configuration(from.arch, layers);
  const id = sha256(config);
  const files = layers.map(({ archive }) => ({ path: `${sha256(archive)}/layer.tar`, content: archive }));
  const manifest = [
    { Config: `${id}.json`, RepoTags: [welcomeImage], Layers: files.map(({ path }) => path) },
  ];
  const archive = await tar([
    { path: `${id}.json`, content: config },
    ...files,
    { path: 'manifest.json', content: JSON.stringify(manifest) },
  ]);
  const unfinished = `${from.out}.unfinished`;
  await writeFile(unfinished, archive);
  await rename(unfinished, from.out);
  return { id: `sha256:${id}` };
}
