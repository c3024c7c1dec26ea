// Packages from the Debian mirror. mmdebstrap fetches the mirror's lists into a root of its own, checks their
// signatures, and runs our commands there with apt set to it; it works as root and as an ordinary user.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Arch, BUILDER_PACKAGES, KERNEL_META, PACKAGES, SUITE } from './recipe';
import { type Mirror, oneLine } from './sources';
import { run } from './tools';

/** A package file at the mirror. */
export interface Deb {
  name: string;
  version: string;
  file: string;
  sha256: string;
}

/** mmdebstrap makes its root in a user namespace, unless it runs as root, where that may be forbidden (containers). */
export const MODE = process.getuid?.() === 0 ? '--mode=root' : '--mode=unshare';

/** Folder of downloaded packages inside the root. */
const ARCHIVES = '/var/cache/apt/archives';

/** Shell lines: apt is set to the root's own lists, and `$packages` are the recipe's and the kernel. */
function prelude(arch: Arch): string {
  return [
    'set -e',
    'export APT_CONFIG="$MMDEBSTRAP_APT_CONFIG"',
    `cd "$1${ARCHIVES}"`,
    `kernel=$(apt-cache show --no-all-versions ${KERNEL_META[arch]} | sed -n 's/^Depends: \\(linux-image-[^ ,]*\\).*/\\1/p')`,
    `packages="$kernel ${PACKAGES.map(({ name }) => name).join(' ')}"`,
    '',
  ].join('\n');
}

function bootstrap(arch: Arch, mirror: Mirror, hooks: string[], cwd: string): Promise<string> {
  const args = [
    MODE,
    '--variant=extract',
    '--format=null',
    '--quiet',
    `--architectures=${arch}`,
    `--setup-hook=mkdir -p "$1${ARCHIVES}"`,
    ...hooks,
    SUITE,
    '/dev/null',
    oneLine(mirror.main),
    oneLine(mirror.security),
  ];
  return run('mmdebstrap', args, { cwd });
}

/**
 * The packages of the image (the recipe's and the kernel) and those that the agent is made of, as the mirror has them
 * now, sorted by name. `folder` is for a passing file.
 */
export async function resolvePackages(
  arch: Arch,
  mirror: Mirror,
  folder: string,
): Promise<{ image: Deb[]; builder: Deb[] }> {
  const uris = `${prelude(arch)}apt-get download -q --print-uris`;
  const hooks = [
    `--extract-hook=${uris} $packages >"$1/image"`,
    `--extract-hook=${uris} ${BUILDER_PACKAGES.join(' ')} >"$1/builder"`,
    '--extract-hook=download /image image',
    '--extract-hook=download /builder builder',
  ];
  await bootstrap(arch, mirror, hooks, folder);
  const [image, builder] = await Promise.all(
    ['image', 'builder'].map(async (name) => parseUris(await readFile(join(folder, name), 'utf8'))),
  );
  if (!image?.length || !builder?.length) throw new Error('The mirror named no packages.');
  return { image, builder };
}

/** `'http://…' tini_0.19.0-3%2bb8_amd64.deb 280384 SHA256:…` per line. */
export function parseUris(output: string): Deb[] {
  return output
    .split('\n')
    .flatMap((line) => {
      const parts = /^'\S+' (([^_\s]+)_(\S+)_[^_\s]+\.deb) \d+ SHA256:([0-9a-f]{64})$/.exec(line);
      if (!parts) return [];
      const [, file = '', name = '', version = '', sha256 = ''] = parts;
      return [{ name, version: decodeURIComponent(version), file, sha256 }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Downloads the recipe's packages into `folder`; those that are there already are not fetched again, and earlier
 * versions are removed.
 */
export async function downloadPackages(arch: Arch, mirror: Mirror, folder: string): Promise<void> {
  // The hooks' words are split at spaces, which the folder's path may have.
  const hooks = [
    `--setup-hook=sync-in . ${ARCHIVES}`,
    `--extract-hook=${prelude(arch)}apt-get download -q $packages`,
    `--extract-hook=sync-out ${ARCHIVES} .`,
  ];
  await bootstrap(arch, mirror, hooks, folder);
}
