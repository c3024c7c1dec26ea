import type { Logger } from 'pino';
import type { Guest } from './guest';

/** The guest's clock is set when this computer's has jumped by more than this against the time that passed. */
const jumpMs = 50;
/** How often that is looked at when nobody calls: a computer that wakes from sleep tells Node nothing. */
const lookMs = 5000;

/**
 * Sets the guest's clock now, and whenever this computer slept or its clock was set: then its clock runs apart from
 * its count of time awake.
 */
export function keepClock(guest: Guest, signal: AbortSignal, log: Logger): { check(): void } {
  const apart = () => Date.now() - performance.now();
  let known = Number.NaN;
  const check = () => {
    const now = apart();
    if (Math.abs(now - known) < jumpMs) return;
    known = now;
    guest
      .linked(signal)
      .then((link) => link.setClock(Date.now(), signal))
      .catch((error: unknown) => {
        if (signal.aborted) return;
        known = Number.NaN;
        log.info({ err: error }, "The guest's clock could not be set");
      });
  };
  const timer = setInterval(check, lookMs);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  check();
  return { check };
}
