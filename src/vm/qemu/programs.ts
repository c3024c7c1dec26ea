import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Program {
  program: string;
  /** `7.2.22` */
  version: string;
}

const windows = process.platform === 'win32';

/** Where QEMU is installed without being on the path: Homebrew on both kinds of Mac, MacPorts, QEMU for Windows. */
const otherFolders: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin'],
  win32: ['C:\\Program Files\\qemu'],
};

/** virtiofsd is not on the path; Debian 12 has QEMU's own (in C), later ones the rewrite in Rust. */
const virtiofsdPlaces = ['/usr/libexec/virtiofsd', '/usr/lib/virtiofsd', '/usr/lib/qemu/virtiofsd'];

export function executable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** First place of a program on the path, null where there is none. */
export async function findProgram(
  name: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  const folders = [
    ...(env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
    ...(otherFolders[process.platform] ?? []),
  ];
  for (const folder of folders) {
    const path = join(folder, windows ? `${name}.exe` : name);
    if (await executable(path)) return path;
  }
  return null;
}

async function versionOf(program: string): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(program, ['--version'], { timeout: 10_000 });
    return /\d+\.\d+(\.\d+)?/.exec(`${stdout}${stderr}`)?.[0] ?? null;
  } catch {
    // It is there and does not run: as good as not there.
    return null;
  }
}

/**
 * QEMU for a guest of this architecture, null where it is not installed.
 * @param env with `GANTRY_QEMU` naming another program than the one on the path
 */
export async function findQemu(
  arch: 'amd64' | 'arm64',
  env: NodeJS.ProcessEnv = process.env,
): Promise<Program | null> {
  const name = `qemu-system-${arch === 'amd64' ? 'x86_64' : 'aarch64'}`;
  const program = env.GANTRY_QEMU ?? (await findProgram(name, env));
  const version = program ? await versionOf(program) : null;
  return program && version ? { program, version } : null;
}

export interface Virtiofsd {
  program: string;
  /** `c` is QEMU's own, up to QEMU 7.2; `rust` its successor. Their options differ. */
  kind: 'c' | 'rust';
}

/** virtiofsd, null where it is not installed and on systems that do not have it (macOS, Windows). */
export async function findVirtiofsd(): Promise<Virtiofsd | null> {
  if (process.platform !== 'linux') return null;
  for (const program of virtiofsdPlaces) {
    if (!(await executable(program))) continue;
    // The one in Rust says "virtiofsd 1.10.0". The one in C says more, and says it to root alone.
    const { stdout } = await run(program, ['--version'], { timeout: 10_000 }).catch(() => ({ stdout: '' }));
    return { program, kind: /^virtiofsd \d/.test(stdout) ? 'rust' : 'c' };
  }
  return null;
}
