import { timeLimit } from '#contract/time-limit';
import { claimsOf } from './lock';
import { pause } from './pause';
import type { Places } from './places';

/** A keeper without a machine has only its doors to close. */
const endingMs = 5000;

/**
 * Ends the keeper of a machine that is stopped, before its folder is deleted: by itself it would stay for a while, and
 * take the socket of a next one along when it goes.
 */
export async function endKeeper({ keeperLock }: Pick<Places, 'keeperLock'>): Promise<void> {
  const living = async () => {
    // Without the folder there has never been one.
    const claims = await claimsOf(keeperLock).catch(() => []);
    return claims.filter(({ alive }) => alive).map(({ pid }) => pid);
  };
  for (const pid of await living()) process.kill(pid, 'SIGTERM');
  for (const limit = timeLimit(endingMs); !limit.aborted && (await living()).length > 0; ) {
    await pause(20, limit);
  }
}
