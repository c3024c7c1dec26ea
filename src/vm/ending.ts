import { guestFailure } from './guest-failures';
import type { Places } from './places';
import { lastSerial, parseSerial } from './serial';

/** The end of a machine that Gantry did not order. */
interface Ending {
  /** In plain words. */
  why: string;
  /** It was switched off from inside, as by `poweroff` in a shell there: nobody wants it started again. */
  byItself: boolean;
  /** The guest's last lines; the next start writes the log anew. */
  said: string;
}

/** So much of the serial log is looked at, in bytes: a kernel that gives up prints its whole state. */
const lastWordsBytes = 16 * 1024;

/** What the guest said of its end on its serial line, else how QEMU ended. @param qemu QEMU's own ending in words */
export async function readEnding(places: Pick<Places, 'serialLog'>, qemu: string): Promise<Ending> {
  const said = await lastSerial(places.serialLog, lastWordsBytes);
  return { ...ending(said, qemu), said };
}

function ending(said: string, qemu: string): Omit<Ending, 'said'> {
  const lines = said.split('\n').map(parseSerial);
  for (const line of lines.toReversed()) {
    if (line.kind === 'panic') {
      return {
        why: `The guest's kernel gave up: ${line.text.replace(/^.*not syncing: /, '')}`,
        byItself: false,
      };
    }
    if (line.kind === 'failed') return { why: guestFailure(line.reason, line.text).cause, byItself: false };
    if (line.kind === 'power-off') return { why: 'It was switched off from inside', byItself: true };
  }
  return { why: qemu, byItself: false };
}
