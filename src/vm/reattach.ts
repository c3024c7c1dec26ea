import { Guest, guestFacts } from './guest';
import type { Places } from './places';
import type { Ports } from './ports/ports';
import { findQemuProcess } from './qemu/process';
import { Qmp } from './qemu/qmp';
import { readRecord } from './records';

/** QEMU answers at once, unless this computer is very busy. */
const limitMs = 15_000;

/**
 * The machine that an earlier keeper left running; null when none runs. One that was still starting, or that nothing
 * is known of any more, is ended: its containers would be out of reach.
 */
export async function reattach(places: Places, ports: Ports, signal: AbortSignal): Promise<Guest | null> {
  const process_ = await findQemuProcess(places);
  if (!process_) return null;
  const facts = await readRecord(places.machine, guestFacts);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  try {
    if (!facts) throw new Error('Nothing is known of the machine');
    const qmp = await Qmp.connect(places.qmpSocket, limit);
    const guest = new Guest(facts, process_, qmp, places, ports);
    await guest.connect(limit);
    await guest.engine.ping(limit);
    return guest;
  } catch {
    signal.throwIfAborted();
    process_.kill();
    await process_.exited;
    return null;
  }
}
