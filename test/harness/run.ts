import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface RunOptions {
  /** Written to the command's standard input, which is closed afterwards. */
  input?: string | Buffer;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

/**
 * Runs a command to its end and gives what it printed on standard output.
 * @throws Error naming the command, its exit code and what it printed on standard error.
 */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<Buffer> {
  const child = spawn(command, args, { env: options.env, cwd: options.cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // A command that ends without reading its input breaks the pipe; its exit code says what went wrong.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input);
  const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code !== 0) {
    const said = Buffer.concat(err).toString().trim() || Buffer.concat(out).toString().trim();
    throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${said}`);
  }
  return Buffer.concat(out);
}

/** Where the first of these programs is that this machine has. Daemons live outside an ordinary user's PATH. */
export function findProgram(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(':').concat('/usr/sbin', '/sbin');
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}
