import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const timeLimitMs = 30_000;

/** Apps started from a desktop often do not have the folders in their PATH where helpers are installed. */
function searchPath(env: NodeJS.ProcessEnv): string {
  const more =
    process.platform === 'win32'
      ? ['C:\\Program Files\\Docker\\Docker\\resources\\bin']
      : [
          '/usr/local/bin',
          '/opt/homebrew/bin',
          join(homedir(), '.docker', 'bin'),
          '/Applications/Docker.app/Contents/Resources/bin',
        ];
  return [env.PATH ?? env.Path ?? '', ...more].filter(Boolean).join(delimiter);
}

/** What a helper said when it could not do as told; its words never hold a secret. */
export class HelperError extends Error {}

/**
 * Runs `docker-credential-<name> <verb>` (protocol: github.com/docker/docker-credential-helpers).
 * @returns what it writes, which is JSON for `get`
 */
export function runHelper(
  name: string,
  verb: 'get' | 'store' | 'erase',
  input: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  if (!/^[\w.-]+$/.test(name))
    return Promise.reject(new HelperError(`“${name}” is not the name of a helper`));
  return new Promise((resolve, reject) => {
    const child = spawn(`docker-credential-${name}`, [verb], {
      env: { ...env, PATH: searchPath(env) },
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: timeLimitMs,
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error) => reject(new HelperError(error.message)));
    child.once('close', (code, signal) => {
      const text = Buffer.concat(chunks).toString('utf8');
      if (code === 0) resolve(text);
      // Helpers tell errors on standard output.
      else reject(new HelperError(text.trim() || `docker-credential-${name} ended with ${code ?? signal}`));
    });
    // A helper may end without reading: its exit code tells why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
