import { homedir } from 'node:os';
import { join } from 'node:path';
import type { EngineEndpoint, Problem } from '#contract';
import { currentContext, dockerConfigFolder, type TlsMaterial } from './docker-contexts';

/** A place where an engine may be. */
export interface Candidate extends EngineEndpoint {
  tls: TlsMaterial | null;
}

export interface Candidates {
  /** In the order in which they are tried. */
  list: Candidate[];
  /** Something of the docker CLI's configuration that could not be read. */
  notice: string | null;
}

/** What decides where an engine is looked for; tests give their own. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  home: string;
  platform: NodeJS.Platform;
  vm?: OwnVm;
}

/** The engine in Gantry's own VM. A call to it wakes the VM, so it is called only while it runs anyway. */
export interface OwnVm {
  /** Docker host notation. */
  host: string;
  /** Resolves when it is known whether it runs. */
  known: Promise<void>;
  /** Why it cannot be used now; null when it can. */
  away(): Problem | null;
}

export const surroundings = (vm?: OwnVm): Surroundings => ({
  env: process.env,
  home: homedir(),
  platform: process.platform,
  ...(vm ? { vm } : {}),
});

const ownEngine = (host: string): Candidate => ({
  host,
  label: 'Gantry’s VM',
  source: 'Gantry VM',
  tls: null,
});

const socket = (path: string, label: string): Candidate => ({
  host: `unix://${path}`,
  label,
  source: 'known socket',
  tls: null,
});

const pipe = (name: string, label: string): Candidate => ({
  host: `npipe:////./pipe/${name}`,
  label,
  source: 'known socket',
  tls: null,
});

function knownSockets({ env, home, platform }: Surroundings): Candidate[] {
  if (platform === 'win32') {
    return [
      pipe('docker_engine', 'Docker'),
      pipe('dockerDesktopLinuxEngine', 'Docker Desktop'),
      pipe('podman-machine-default', 'Podman'),
    ];
  }
  const colima = [
    socket(join(home, '.colima/default/docker.sock'), 'Colima'),
    socket(join(env.XDG_CONFIG_HOME || join(home, '.config'), 'colima/default/docker.sock'), 'Colima'),
  ];
  if (platform === 'darwin') {
    return [
      socket('/var/run/docker.sock', 'Docker'),
      socket(join(home, '.docker/run/docker.sock'), 'Docker Desktop'),
      ...colima,
      socket(join(home, '.local/share/containers/podman/machine/podman.sock'), 'Podman'),
      ...(env.TMPDIR ? [socket(join(env.TMPDIR, 'podman/podman-machine-default-api.sock'), 'Podman')] : []),
    ];
  }
  const runtime = env.XDG_RUNTIME_DIR;
  return [
    socket('/var/run/docker.sock', 'Docker'),
    ...(runtime ? [socket(join(runtime, 'docker.sock'), 'Rootless Docker')] : []),
    socket(join(home, '.docker/desktop/docker.sock'), 'Docker Desktop'),
    ...colima,
    ...(runtime ? [socket(join(runtime, 'podman/podman.sock'), 'Podman')] : []),
    socket('/run/podman/podman.sock', 'Podman (as root)'),
  ];
}

/** TLS as the docker CLI decides it for a plain host: by its variables, or by the port that is TLS by convention. */
function tlsOf(host: string, { env, home }: Surroundings): TlsMaterial | null {
  if (!host.startsWith('tcp:')) return null;
  const wanted = Boolean(env.DOCKER_TLS_VERIFY || env.DOCKER_TLS) || /:2376\/?$/.test(host);
  if (!wanted) return null;
  return {
    folder: env.DOCKER_CERT_PATH || dockerConfigFolder(env, home),
    verify: env.DOCKER_TLS_VERIFY !== undefined && env.DOCKER_TLS_VERIFY !== '' ? true : !env.DOCKER_TLS,
  };
}

function named(host: string, source: EngineEndpoint['source'], around: Surroundings): Candidate {
  if (host === around.vm?.host) return ownEngine(host);
  const label = knownSockets(around).find((known) => known.host === host)?.label ?? 'Docker';
  return { host, label, source, tls: tlsOf(host, around) };
}

/**
 * Where to look for an engine, in order: the setting, DOCKER_HOST, the docker CLI's current context, known sockets,
 * and Gantry's own VM, which only answers while it runs.
 * The setting and DOCKER_HOST are the user's own word: with one of them nothing else is tried.
 */
export async function findCandidates(
  setting: string | null,
  around: Surroundings = surroundings(),
): Promise<Candidates> {
  if (setting) return { list: [named(setting, 'setting', around)], notice: null };
  if (around.env.DOCKER_HOST) {
    return { list: [named(around.env.DOCKER_HOST, 'DOCKER_HOST', around)], notice: null };
  }
  return withoutOrders(around);
}

/** Everything that can be found on this computer, whatever the setting and DOCKER_HOST say. */
export async function findAll(
  setting: string | null,
  around: Surroundings = surroundings(),
): Promise<Candidate[]> {
  const ordered = setting ? [named(setting, 'setting', around)] : [];
  if (around.env.DOCKER_HOST) ordered.push(named(around.env.DOCKER_HOST, 'DOCKER_HOST', around));
  return unique([...ordered, ...(await withoutOrders(around)).list]);
}

async function withoutOrders(around: Surroundings): Promise<Candidates> {
  const own = around.vm ? [ownEngine(around.vm.host)] : [];
  const known = [...knownSockets(around), ...own];
  try {
    const context = await currentContext(around.env, around.home);
    if (!context) return { list: known, notice: null };
    // The docker CLI's context `gantry` is the VM.
    if (context.host === around.vm?.host) return { list: unique([...own, ...known]), notice: null };
    const first: Candidate = {
      host: context.host,
      label: context.name,
      source: 'docker context',
      tls: context.tls,
    };
    return { list: unique([first, ...known]), notice: null };
  } catch (error) {
    return { list: known, notice: error instanceof Error ? error.message : String(error) };
  }
}

function unique(candidates: Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ host }) => !seen.has(host) && seen.add(host));
}
