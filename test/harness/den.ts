import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A throw-away folder (mode 0700) and everything that is started from it. */
export interface Den {
  folder: string;
  /** Ends every process started from the folder, undoes its mounts and networks, and deletes it. */
  close(): Promise<void>;
}

/**
 * Opens a folder `gantry-test-…` with a keeper process that cleans up after it, even if this process is killed.
 * @param subnet first address of the /20 whose network interfaces belong to the den, such as `10.200.16.0`
 */
export function openDen(subnet?: string): Den {
  const folder = mkdtempSync(join(tmpdir(), 'gantry-test-'));
  const script = fileURLToPath(new URL('./keeper.mjs', import.meta.url));
  const keeper = spawn(process.execPath, [script, folder, ...(subnet ? [subnet] : [])], {
    // Its own session: Ctrl-C in the terminal ends the test, and the keeper then cleans up.
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
  });
  const ended = new Promise<void>((resolve, reject) => {
    keeper.once('error', reject);
    keeper.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`Cleaning ${folder} failed`))));
  });
  // Reported by close(); a keeper that fails earlier must not end the process as an unhandled rejection.
  ended.catch(() => undefined);
  keeper.unref();
  return {
    folder,
    async close() {
      keeper.ref();
      keeper.stdin.end();
      await ended;
    },
  };
}
