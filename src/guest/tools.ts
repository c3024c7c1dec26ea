import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs of this computer that the build runs, and the Debian packages that have them. */
const TOOLS: Record<string, string> = {
  mmdebstrap: 'mmdebstrap',
  'dpkg-deb': 'dpkg',
  'mkfs.erofs': 'erofs-utils',
  xz: 'xz-utils',
  cpio: 'cpio',
  depmod: 'kmod',
};

/** Programs that an ordinary user needs beside them: mmdebstrap makes its roots in a user namespace. */
const USER_TOOLS: Record<string, string> = { newuidmap: 'uidmap' };

/** Fails with the names of the packages to install if a program is missing. */
export function checkTools(): void {
  const needed = process.getuid?.() === 0 ? TOOLS : { ...TOOLS, ...USER_TOOLS };
  const missing = Object.keys(needed).filter((name) => !findTool(name));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((name) => needed[name]))].join(' ');
  throw new Error(
    `The guest image needs programs that are not installed: ${missing.join(', ')}. ` +
      `On Debian and Ubuntu: sudo apt-get install ${packages}`,
  );
}

/** depmod lives in a folder that an ordinary user's PATH lacks on Debian. */
function toolPath(): string {
  return [process.env.PATH ?? '', '/usr/sbin', '/sbin'].join(delimiter);
}

function findTool(name: string): boolean {
  return toolPath()
    .split(delimiter)
    .some((folder) => {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return folder !== '';
      } catch {
        return false;
      }
    });
}

const ending = new AbortController();

/** Lets an interrupt end the running program and reject `run`, so that what was begun is removed on the way out. */
export function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
}

interface RunOptions {
  cwd?: string;
  /** Written to the program's standard input. */
  input?: string;
}

/** Runs a program to its end and resolves with its standard output. Rejects with what it wrote if it fails. */
export function run(program: string, args: string[], { cwd, input = '' }: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, PATH: toolPath(), LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['pipe', 'pipe', 'pipe'],
      signal: ending.signal,
    });
    const [output, errors] = [[] as Buffer[], [] as Buffer[]];
    child.stdout.on('data', (part: Buffer) => output.push(part));
    child.stderr.on('data', (part: Buffer) => errors.push(part));
    child.on('error', reject);
    // A program that ends without reading its input is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('close', (code) => {
      if (code === 0) return resolve(Buffer.concat(output).toString('utf8'));
      const said = Buffer.concat(errors).toString('utf8').slice(-4000);
      reject(new Error(`${program} ended with ${code}:\n${said}`));
    });
  });
}
