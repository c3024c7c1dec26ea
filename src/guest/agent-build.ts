import { access, mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MODE } from './debian';
import { type Arch, BUILDER_PACKAGES, SUITE } from './recipe';
import { type Mirror, oneLine } from './sources';
import { run } from './tools';

/** Where Debian puts the sources of packaged Go libraries: https://go-team.pages.debian.net/packaging.html */
const GO_PATH = '/usr/share/gocode';

/**
 * Builds the agent with Debian's own Go in a throw-away root of this computer's architecture; Go makes programs for
 * others by itself. The result is kept under the hash of its sources, as making the root takes a minute.
 * @param sources folder of the Go files
 * @param cached where the program is kept; made if it is not there
 */
export async function buildAgent(options: {
  arch: Arch;
  mirror: Mirror;
  sources: string;
  cached: string;
}): Promise<void> {
  const { arch, mirror, sources, cached } = options;
  const isThere = await access(cached).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  await mkdir(dirname(cached), { recursive: true });
  const unfinished = `${cached}.unfinished`;
  const environment = [
    'GO111MODULE=off',
    'GOROOT=/usr/lib/go',
    `GOPATH=${GO_PATH}`,
    'GOCACHE=/build/cache',
    'CGO_ENABLED=0',
    'GOOS=linux',
    `GOARCH=${arch}`,
  ].join(' ');
  // The packages are only unpacked: Go needs nothing that their installation would set up.
  await run('mmdebstrap', [
    MODE,
    '--variant=extract',
    '--format=null',
    '--quiet',
    `--include=${BUILDER_PACKAGES.join(',')}`,
    '--setup-hook=mkdir -p "$1/dev" "$1/proc" "$1/sys" "$1/tmp" "$1/build"',
    `--extract-hook=copy-in ${sources} /build`,
    `--extract-hook=env ${environment} chroot "$1" /usr/lib/go/bin/go -C /build/agent build -trimpath -ldflags "-s -w -buildid=" -o /build/gantry-agent .`,
    `--extract-hook=download /build/gantry-agent ${unfinished}`,
    SUITE,
    '/dev/null',
    oneLine(mirror.main),
    oneLine(mirror.security),
  ]);
  await rename(unfinished, cached);
}
