import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { hostBoot } from './host-boot';

const run = promisify(execFile);

/** A process and when it began, so that another process which got the same number later is not taken for it. */
export const processIdentity = z.object({ pid: z.number().int().positive(), began: z.string() });
export type ProcessIdentity = z.infer<typeof processIdentity>;

/**
 * When a living process began, as the system writes it; null for one that has ended. Linux: the boot's id and the
 * clock ticks since it (proc(5), field 22 of `stat`). macOS: `ps`. Windows: PowerShell.
 */
async function beganAt(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
      // The name, in parentheses, may itself contain spaces and parentheses.
      const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // A zombie has ended; only its parent has not yet looked.
      return state === 'Z' || state === 'X' ? null : `${await hostBoot()} ${fields[18]}`;
    }
    const { stdout } =
      process.platform === 'win32'
        ? await run('powershell.exe', [
            '-NoProfile',
            '-NonInteractive',
            '-Command',
            `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`,
          ])
        : await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim() || null;
  } catch {
    return null;
  }
}

/** Null when the process has ended. */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const began = await beganAt(pid);
  return began === null ? null : { pid, began };
}

export async function isAlive({ pid, began }: ProcessIdentity): Promise<boolean> {
  return (await beganAt(pid)) === began;
}
