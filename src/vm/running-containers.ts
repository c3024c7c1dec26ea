import type { Logger } from 'pino';
import type { Guest } from './guest';
import type { RunningContainer } from './guest-engine';
import { pause } from './pause';

/** How long the engine may be away before it is asked again, in milliseconds. */
const againMs = 1000;

type Changed = (running: RunningContainer[]) => void;

/**
 * Calls `changed` with the running containers now and at each start and end of one, until the signal aborts. The
 * engine may be away for a while: then they are asked for again.
 */
export async function followContainers(
  guest: Guest,
  { log, signal, changed }: { log: Logger; signal: AbortSignal; changed: Changed },
): Promise<void> {
  while (!signal.aborted) {
    const round = new AbortController();
    try {
      await guest.linked(signal);
      await followRound(guest, AbortSignal.any([signal, round.signal]), changed);
    } catch (error) {
      if (signal.aborted) return;
      log.info({ err: error }, 'The containers cannot be followed');
    } finally {
      round.abort();
    }
    await pause(againMs, signal);
  }
}

/** Ends with the engine. Events are asked for before the list, so that nothing happens unseen in between. */
async function followRound({ engine }: Guest, signal: AbortSignal, changed: Changed): Promise<void> {
  const events = engine.containerEvents(signal);
  let next = events.next();
  // Awaited below; a list that cannot be read must not leave it unheard.
  next.catch(() => undefined);
  do {
    changed(await engine.running(signal));
    const { done } = await next;
    if (done) return;
    next = events.next();
    next.catch(() => undefined);
  } while (!signal.aborted);
}
