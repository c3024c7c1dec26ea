import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { EngineConfigFile } from '#contract';
import type { Surroundings } from './endpoints';

/** What tells where an engine has its daemon.json. */
export interface ConfiguredEngine {
  /** Docker host notation. */
  host: string;
  /** Its computer's name. */
  name: string;
  /** `linux` or `windows`. */
  os: string;
  rootless: boolean;
  podman: boolean;
  desktop: boolean;
}

export interface ConfigPlace {
  path: string | null;
  /** Whether the file is one of this computer, and JSON. */
  here: boolean;
  about: string;
}

const readAtStart = 'The engine reads it when it starts.';

/** @param hostname this computer's */
export function configPlace(
  engine: ConfiguredEngine,
  { env, home, platform, hostname }: Omit<Surroundings, 'vm'> & { hostname: string },
): ConfigPlace {
  const { host, name, os, rootless, podman, desktop } = engine;
  const socket = host.startsWith('unix://') ? host.slice('unix://'.length) : null;
  if (podman) {
    const about =
      'Podman has no daemon.json. It reads containers.conf and registries.conf, in /etc/containers for all and in ~/.config/containers for you.';
    return { path: null, here: false, about };
  }
  if (desktop) {
    const about = 'Change it in Docker Desktop, under Settings, Docker Engine.';
    return { path: join(home, '.docker', 'daemon.json'), here: true, about };
  }
  if (socket && /\/\.?colima\//.test(socket)) {
    const about = 'Colima keeps it there, in the part “docker”. Change it with “colima start --edit”.';
    return { path: join(dirname(socket), 'colima.yaml'), here: false, about };
  }
  const own = socket !== null || (platform === 'win32' && host.startsWith('npipe:'));
  if (!own || name !== hostname) {
    const about = `It is on ${name === '' || name === hostname ? 'the computer that the engine runs on' : `“${name}”`}, and changing it needs that computer’s administrator.`;
    return { path: usualPath({ os, rootless, folder: '~/.config' }), here: false, about };
  }
  const about = rootless
    ? `It is yours. ${readAtStart}`
    : `Changing it needs this computer’s administrator. ${readAtStart}`;
  return {
    path: usualPath({ os, rootless, folder: env.XDG_CONFIG_HOME || join(home, '.config') }),
    here: true,
    about,
  };
}

/** Where dockerd looks: https://docs.docker.com/engine/daemon/#configuration-file */
function usualPath({ os, rootless, folder }: { os: string; rootless: boolean; folder: string }): string {
  if (os === 'windows') return 'C:\\ProgramData\\docker\\config\\daemon.json';
  return rootless ? `${folder}/docker/daemon.json` : '/etc/docker/daemon.json';
}

/** The file with its text, as far as this user may read it. Users and passwords in addresses are taken out. */
export async function readConfigFile(place: ConfigPlace, host: string): Promise<EngineConfigFile> {
  const { here, about } = place;
  if (!here || place.path === null) return { path: place.path, text: null, about };
  const named = await namedAtStart(host);
  const path = named ?? place.path;
  try {
    return { path, text: withoutCredentials(await readFile(path, 'utf8')), about };
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = missing
      ? 'There is no such file, so the engine uses its defaults and what its start says.'
      : 'You may not read it.';
    return { path, text: null, about: `${why} ${about}` };
  }
}

/** Users and passwords in addresses; the last @ counts, as a password may have one. */
export const withoutCredentials = (text: string): string =>
  text.replace(/(?<=:\/\/)[^\s/"'\\]+(?=@)/g, '‹hidden›');

/** What `--config-file` says of the dockerd that listens there; null where it says nothing, or cannot be seen. */
async function namedAtStart(host: string): Promise<string | null> {
  const usual = /^unix:\/\/(?:\/var)?\/run\/docker\.sock$/.test(host);
  for (const id of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(id)) continue;
    const line = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    const [program = '', ...args] = line.split('\0');
    const listensThere = args.some((arg) => arg.endsWith(host) || (usual && arg.endsWith('fd://')));
    if (basename(program) === 'dockerd' && listensThere) return configFileOf(args);
  }
  return null;
}

/** The value of `--config-file` among the arguments of dockerd. */
export function configFileOf(args: readonly string[]): string | null {
  const at = args.findIndex((arg) => /^--config-file(?:=|$)/.test(arg));
  const [, value = args[at + 1]] = (args[at] ?? '').split(/=(.*)/s);
  return at < 0 ? null : (value ?? null);
}
