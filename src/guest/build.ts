// Makes the guest image: npm run guest:build [-- --arch arm64]
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, arch as hostArch } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { agentFiles, buildAgent } from './agent-build';
import { type Deb, downloadPackages, resolvePackages } from './debian';
import { makeInitrd } from './initrd';
import { hashFolders, idOf } from './inputs';
import { missingLibraries } from './libraries';
import { licenceOf } from './licences';
import { type GuestManifest, guestManifest } from './manifest';
import { keepModules } from './modules';
import { fingerprint, makeRoot, packRoot } from './pack';
import { type Arch, PACKED_LIMIT } from './recipe';
import { addOwnFiles, leaveOut, unpackPackages } from './root';
import { chooseMirror, type Mirror, readAptSources } from './sources';
import { checkTools, endOnSignals, run } from './tools';
import { buildWelcomeImage } from './welcome/image';

const HERE = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');
const PROJECT = join(HERE, '../..');

function say(text: string): void {
  console.log(`${process.uptime().toFixed(1).padStart(6)} s  ${text}`);
}

function wantedArch(given: string | undefined): Arch {
  const arch = given ?? (hostArch() === 'arm64' ? 'arm64' : 'amd64');
  if (arch !== 'amd64' && arch !== 'arm64') throw new Error(`There is no guest for ${arch}: amd64 or arm64.`);
  return arch;
}

function linesOf(debs: Deb[]): string {
  return debs.map(({ file, sha256 }) => `${file} ${sha256}`).join('\n');
}

/** Everything that decides the image's bytes. */
async function inputsOf(arch: Arch, debs: Deb[]): Promise<Record<string, string>> {
  const tools = ['mkfs.erofs', 'xz', 'cpio'];
  const versions = await Promise.all(
    tools.map((tool) => run('sh', ['-c', `${tool} -V 2>&1; ${tool} --version 2>&1 || true`])),
  );
  return {
    arch,
    sources: await hashFolders([HERE, join(PROJECT, 'assets/welcome')]),
    packages: linesOf(debs),
    tools: versions.join('\n'),
    brotli: process.versions.brotli ?? '',
  };
}

/** Files of the guest's own: path in the root → file here. */
const OWN_FILES = {
  'usr/sbin/gantry-init': join(HERE, 'init.sh'),
  'usr/sbin/gantry-engine': join(HERE, 'engine.sh'),
  'usr/sbin/gantry-engine-config': join(HERE, 'engine-config.sh'),
  'usr/sbin/gantry-host-access': join(HERE, 'host-access.sh'),
  'usr/sbin/gantry-share': join(HERE, 'share.sh'),
  'etc/containerd.toml': join(HERE, 'containerd.toml'),
};

async function build(options: {
  id: string;
  arch: Arch;
  mirror: Mirror;
  debs: Deb[];
  builder: Deb[];
  cache: string;
  work: string;
}): Promise<string> {
  const { id, arch, mirror, debs, builder, cache, work } = options;
  const archives = join(cache, 'packages', arch);
  const out = join(work, 'out');
  const root = join(work, 'root');
  await mkdir(out);
  await mkdir(archives, { recursive: true });
  say(`downloading ${debs.length} packages`);
  await downloadPackages(arch, mirror, archives);
  await removeOthers(archives, new Set(debs.map(({ file }) => file)));
  say('unpacking them');
  await unpackPackages(debs, archives, root);
  const [kernel] = (await readdir(join(root, 'boot'))).filter((name) => name.startsWith('vmlinuz-'));
  if (!kernel) throw new Error('The kernel package has no kernel.');
  await copyFile(join(root, 'boot', kernel), join(out, 'kernel'));
  await leaveOut(root);
  const release = await keepModules(root);
  say('building the agent');
  const sources = join(HERE, 'agent');
  const agentId = idOf({ arch, sources: await hashFolders([sources]), packages: linesOf(builder) });
  const agent = join(cache, 'agent', agentId);
  await buildAgent({ arch, mirror, sources, cached: agent });
  await addOwnFiles(root, { ...OWN_FILES, ...agentFiles(agent) });
  const packages = await Promise.all(
    [...debs, ...builder].map(async ({ name, version }) => ({
      name,
      version,
      licence: await licenceOf(root, name),
    })),
  );
  const missing = await missingLibraries(root);
  if (missing.length > 0) throw new Error(`Libraries are missing in the image:\n${missing.join('\n')}`);
  say('making the initrd and the root');
  await makeInitrd({
    root,
    release,
    init: join(HERE, 'initrd-init.sh'),
    work: join(work, 'initrd'),
    out: join(out, 'initrd'),
  });
  await buildWelcomeImage({ busybox: join(root, 'usr/bin/busybox'), out: join(out, 'welcome.tar'), arch });
  await makeRoot(root, join(work, 'root.erofs'));
  say('packing the root');
  await packRoot(join(work, 'root.erofs'), join(out, 'root.br'));
  const files = {
    kernel: await fingerprint(join(out, 'kernel')),
    initrd: await fingerprint(join(out, 'initrd')),
    'root.br': await fingerprint(join(out, 'root.br')),
    'welcome.tar': await fingerprint(join(out, 'welcome.tar')),
  };
  const packed = files.kernel.bytes + files.initrd.bytes + files['root.br'].bytes;
  say(`kernel, initrd and packed root: ${(packed / 2 ** 20).toFixed(1)} MiB`);
  if (packed > PACKED_LIMIT) throw new Error(`The image is larger than ${PACKED_LIMIT / 2 ** 20} MiB.`);
  const manifest: GuestManifest = guestManifest.parse({
    id,
    arch,
    builtAt: new Date().toISOString(),
    files,
    root: await fingerprint(join(work, 'root.erofs')),
    packages,
  });
  await writeFile(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return out;
}

export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { arch: { type: 'string' } },
  });
  const arch = wantedArch(values.arch);
  checkTools();
  endOnSignals();
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gantry/guest');
  const mirror = chooseMirror(await readAptSources(), process.env.GANTRY_DEBIAN_MIRROR);
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'work-'));
  try {
    say('asking the mirror for its packages');
    const { image: debs, builder } = await resolvePackages(arch, mirror, work);
    const id = idOf(await inputsOf(arch, [...debs, ...builder]));
    const kept = join(cache, id);
    if ((await readdir(kept).catch((): string[] => [])).includes('manifest.json')) {
      say(`nothing has changed: ${id} is there already`);
    } else {
      const out = await build({ id, arch, mirror, debs, builder, cache, work });
      await rm(kept, { recursive: true, force: true });
      await rename(out, kept);
    }
    await publish(kept, join(PROJECT, 'out/guest', arch));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Packages of earlier versions are of no use. */
async function removeOthers(folder: string, names: Set<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!names.has(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** The folder is replaced as a whole. */
async function publish(from: string, to: string): Promise<void> {
  const fresh = `${to}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  for (const name of await readdir(from)) await copyFile(join(from, name), join(fresh, name));
  await rm(to, { recursive: true, force: true });
  await rename(fresh, to);
  say(`${to}`);
}
