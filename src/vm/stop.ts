import type { Logger } from 'pino';
import { timeLimit } from '#contract/time-limit';
import type { Guest } from './guest';
import { nothing } from './qemu/qmp';
import { within } from './within';

/** How long the guest may take to hear the order. One that stands still hears nothing. */
const hearMs = 10_000;
/** Containers get their stop time (10 s each, at once), then the disk is written and unmounted. */
const orderlyMs = 60_000;
/** How long the guest may take to notice that its power button was pressed. */
const powerButtonMs = 30_000;

/** Ends the machine: by a word to the guest, else by its power button, else by pulling the plug. */
export async function stopGuest(guest: Guest, log: Logger): Promise<void> {
  const limit = timeLimit(hearMs, guest.signal);
  const heard = await guest
    .linked(limit)
    .then((link) => link.stop(limit))
    .then(
      () => true,
      (error: unknown) => {
        log.info({ err: error }, 'The guest did not hear the order to stop');
        // It may have ended before its answer came through.
        return guest.signal.aborted;
      },
    );
  if (heard && (await within(orderlyMs, guest.exited))) return guest.release();
  log.warn('The guest did not stop in time; its power button is pressed');
  await guest.qmp.execute('system_powerdown', {}, nothing).catch(() => undefined);
  if (await within(powerButtonMs, guest.exited)) return guest.release();
  log.error('The guest does not end; QEMU is killed');
  guest.process.kill();
  await guest.exited;
  guest.release();
}
