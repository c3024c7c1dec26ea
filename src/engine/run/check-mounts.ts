import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import type { Container, RunFinding, RunSpec } from '#contract';
import { change, repeated, trouble, warning } from './finding';
import { freeName, isValidName, validNameFrom } from './names';

type Mount = RunSpec['mounts'][number];

export interface MountSurroundings {
  containers: readonly Container[];
  volumes: ReadonlySet<string>;
  /** Whether the engine sees the folders of this computer. */
  local: boolean;
}

const isWholePath = (path: string) => posix.isAbsolute(path) || /^[A-Za-z]:[\\/]/.test(path);
/** Folders of the system: who may write there can change the computer itself. */
const isOfSystem = (path: string) =>
  /^\/(?:bin|boot|dev|etc|lib|lib64|proc|root|run|sbin|sys|usr|var|var\/run|System|Library)$/.test(path) ||
  /^[A-Za-z]:\\Windows$/i.test(path);
/** Folders in a home that hold keys. */
const keyFolders = ['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.docker'];
const isEngineSocket = (path: string) => /(?:^|\/)(?:docker|podman|containerd)\.sock$/.test(path);

async function kindOf(path: string): Promise<'missing' | 'folder' | 'file' | 'unknown'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    // A folder that Gantry may not look into can still be one that the engine may.
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unknown';
  }
}

function targetFinding(field: string, { target }: Mount): RunFinding | null {
  if (target === '') return trouble(field, 'Say where it appears inside the container.');
  if (!target.startsWith('/')) {
    return trouble(
      field,
      'Inside the container a path begins with a slash.',
      change(`Use /${target}`, `${field}.target`, `/${target}`),
    );
  }
  if (posix.normalize(target) === '/') {
    return trouble(field, 'Nothing can be mounted over the whole container; choose a folder in it.');
  }
  return null;
}

function volumeFinding(field: string, mount: Mount, around: MountSurroundings): RunFinding | null {
  const { source, readOnly } = mount;
  if (source === '') return null;
  if (!isValidName(source)) {
    const fix = /[/\\~]/.test(source)
      ? change('Use it as a folder', `${field}.type`, 'bind')
      : change(`Use ${validNameFrom(source)}`, `${field}.source`, validNameFrom(source));
    const why = 'A volume’s name has letters, digits, “_”, “.” and “-” only, at least two.';
    return trouble(field, why, fix);
  }
  const other = around.containers.find(
    ({ state, mounts }) =>
      state === 'running' && mounts.some(({ type, name }) => type === 'volume' && name === source),
  );
  if (!other || readOnly) return null;
  const fresh = freeName(source, around.volumes);
  return warning(
    field,
    `${other.name} uses the volume ${source} too.`,
    change(`Use ${fresh}`, `${field}.source`, fresh),
  );
}

function exposureFinding(field: string, { source, readOnly }: Mount): RunFinding | null {
  if (isEngineSocket(source)) {
    return warning(field, 'Whoever is inside can control the engine, and with it this computer.');
  }
  const home = homedir();
  const whole = posix.normalize(source).replace(/(?<=.)\/$/, '');
  const readonly = readOnly ? [] : [change('Make it read only', `${field}.readOnly`, true)];
  if (whole === '/' || /^[A-Za-z]:[\\/]?$/.test(source)) {
    return warning(field, 'The container sees everything on this computer.', ...readonly);
  }
  if (whole === home) {
    return warning(
      field,
      'The container sees your whole home folder, with its keys and passwords.',
      ...readonly,
    );
  }
  if (whole === '/home' || whole === '/Users') {
    return warning(field, 'The container sees the home folders of everyone on this computer.', ...readonly);
  }
  if (keyFolders.some((name) => whole === posix.join(home, name))) {
    return warning(field, 'This folder holds your keys; the container can read and copy them.', ...readonly);
  }
  if (isOfSystem(whole) && !readOnly) {
    return warning(
      field,
      `${whole} belongs to the system; the container can change how it works.`,
      ...readonly,
    );
  }
  return null;
}

function wholePathFinding(field: string, source: string, local: boolean): RunFinding | null {
  if (source === '') return trouble(field, 'Say which folder of this computer it is.');
  if (isWholePath(source)) return null;
  const tail = /^~(?:[/\\](.*))?$/.exec(source);
  if (tail && local) {
    const join = process.platform === 'win32' ? win32.join : posix.join;
    const path = join(homedir(), tail[1] ?? '');
    return trouble(field, '“~” works in a terminal only.', change(`Use ${path}`, `${field}.source`, path));
  }
  return trouble(field, 'A folder is given by its full path, beginning with a slash.');
}

async function folderFinding(field: string, mount: Mount, local: boolean): Promise<RunFinding | null> {
  const { source, target } = mount;
  const notWhole = wholePathFinding(field, source, local);
  if (notWhole || !local) return notWhole;
  const kind = await kindOf(source);
  if (kind === 'missing') {
    return trouble(field, `${source} does not exist on this computer.`, {
      kind: 'call',
      label: 'Create the folder',
      procedure: 'run.createFolder',
      input: { path: source },
    });
  }
  if (kind === 'file' && target.endsWith('/')) {
    return trouble(field, `${source} is a file, and ${target} is a folder.`);
  }
  if (
    kind === 'folder' &&
    /\/[^/]+\.(?:conf|cfg|ini|json|ya?ml|toml|env|xml|html|txt|sql|sh)$/.test(target)
  ) {
    return warning(field, `${source} is a folder, and ${target} looks like a file.`);
  }
  return null;
}

async function checkMount(
  field: string,
  mount: Mount,
  around: MountSurroundings,
): Promise<(RunFinding | null)[]> {
  const target = targetFinding(field, mount);
  if (mount.type === 'tmpfs') return [target];
  if (mount.type === 'volume') return [target, volumeFinding(field, mount, around)];
  return [target, await folderFinding(field, mount, around.local), exposureFinding(field, mount)];
}

/** What is wrong with folders and volumes. */
export async function checkMounts(spec: RunSpec, around: MountSurroundings): Promise<RunFinding[]> {
  const twice = repeated(spec.mounts, ({ target }) => (target ? posix.join(target, '/') : null)).map(
    (index) => trouble(`mounts.${index}`, `Something else is at ${spec.mounts[index]?.target} already.`),
  );
  const each = await Promise.all(
    spec.mounts.map((mount, index) => checkMount(`mounts.${index}`, mount, around)),
  );
  return [...each.flat().filter((finding) => finding !== null), ...twice];
}
