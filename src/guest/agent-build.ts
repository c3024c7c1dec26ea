import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MODE } from './debian';
import { type Arch, BUILDER_PACKAGES, GO_ROOT, SUITE } from './recipe';
import { type Mirror, oneLine } from './sources';
import { run } from './tools';

/** Where Debian puts the sources of packaged Go libraries: https://go-team.pages.debian.net/packaging.html */
const GO_PATH = '/usr/share/gocode';

/**
 * Builds the agent with Debian's own Go in a throw-away root of this computer's architecture; Go makes programs for
 * others by itself. Its packages are only unpacked: Go needs nothing that their installation would set up.
 * @param sources folder of the Go files
 * @param cached folder that keeps the program `gantry-agent` and `<package>.copyright` of all that is in it; made if it is not
 * there
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
  const unfinished = await mkdtemp(`${cached}.`);
  const environment = [
    'GO111MODULE=off',
    `GOROOT=${GO_ROOT}`,
    `GOPATH=${GO_PATH}`,
    'GOCACHE=/build/cache',
    'CGO_ENABLED=0',
    'GOOS=linux',
    `GOARCH=${arch}`,
  ].join(' ');
  const go = `${GO_ROOT}/bin/go -C /build/agent build -trimpath -ldflags "-s -w -buildid="`;
  const hooks = [
    '--setup-hook=mkdir -p "$1/dev" "$1/proc" "$1/sys" "$1/tmp" "$1/build"',
    `--extract-hook=copy-in '${sources}' /build`,
    `--extract-hook=env ${environment} chroot "$1" ${go} -o /build/gantry-agent .`,
    '--extract-hook=download /build/gantry-agent gantry-agent',
    ...BUILDER_PACKAGES.map(
      (name) => `--extract-hook=download /usr/share/doc/${name}/copyright ${name}.copyright`,
    ),
  ];
  const mirrors = [oneLine(mirror.main), oneLine(mirror.security)];
  const kind = [
    MODE,
    '--variant=extract',
    '--format=null',
    '--quiet',
    `--include=${BUILDER_PACKAGES.join(',')}`,
  ];
  try {
    await run('mmdebstrap', [...kind, ...hooks, SUITE, '/dev/null', ...mirrors], { cwd: unfinished });
    await rename(unfinished, cached);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Files for the root: path in it → file here. */
export function agentFiles(cached: string): Record<string, string> {
  const copyrights = BUILDER_PACKAGES.map((name) => [
    `usr/share/doc/${name}/copyright`,
    join(cached, `${name}.copyright`),
  ]);
  return { 'usr/sbin/gantry-agent': join(cached, 'gantry-agent'), ...Object.fromEntries(copyrights) };
}
