import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Guest } from './guest';
import { preparedImage } from './image';
import type { Order } from './keeper-contract';
import type { Places } from './places';

/** Gives a new engine the image that needs no network. A failure of it must not fail a start. */
export async function giveWelcome(guest: Guest, order: Order, places: Places, log: Logger): Promise<void> {
  if (existsSync(places.welcomed)) return;
  try {
    const { welcome } = await preparedImage(order.image, guest.facts.imageId, places);
    await guest.engine.load(welcome, guest.signal);
    // It is given once: it must be on the disk before that is noted.
    await guest.link.runText(['sync'], guest.signal);
    await writeFile(places.welcomed, '');
  } catch (error) {
    log.warn({ err: error }, 'The welcome image could not be given to the engine');
  }
}
