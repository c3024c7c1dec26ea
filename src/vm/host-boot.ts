import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

let known: Promise<string> | undefined;

/** Differs after each start of this computer: a fact that may have changed with a restart is kept with it. */
export function hostBoot(): Promise<string> {
  known ??= read();
  return known;
}

async function read(): Promise<string> {
  if (process.platform === 'linux') {
    return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  }
  const { stdout } =
    process.platform === 'darwin'
      ? await run('sysctl', ['-n', 'kern.bootsessionuuid'])
      : await run('powershell.exe', [
          '-NoProfile',
          '-NonInteractive',
          '-Command',
          '(Get-CimInstance Win32_OperatingSystem).LastBootUpTime.ToFileTimeUtc()',
        ]);
  return stdout.trim();
}
