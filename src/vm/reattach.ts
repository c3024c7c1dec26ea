import { existsSync } from 'node:fs';
import type { Logger } from 'pino';
import { z } from 'zod';
import { timeLimit } from '#contract/time-limit';
import type { Report } from './boot';
import { watchBoot } from './boot-watch';
import { markFormatted, raiseGeneration } from './disk/disk';
import { Guest, guestFacts } from './guest';
import type { Places } from './places';
import type { Ports } from './ports/ports';
import type { QemuProcess } from './qemu/process';
import { nothing, Qmp } from './qemu/qmp';
import { readRecord, writeRecord } from './records';
import { restoreShares } from './shares/plug';
import { type Standstill, watchStandstill } from './standstill';

/** QEMU answers at once, unless this computer is very busy. */
const answerMs = 15_000;
/** The guest's agent answers at once, too, unless it is just being started again. */
const agentMs = 15_000;

export interface Found {
  process: QemuProcess;
  places: Places;
  ports: Ports;
  log: Logger;
  /** Breaks a start off that is still under way. */
  signal: AbortSignal;
  report: Report;
  stands: (standstill: Standstill | null) => void;
}

const runState = z.object({ status: z.string() });

/** A machine that stands still because a keeper ended in the middle of suspending or resuming it. */
const frozen = ['paused', 'postmigrate', 'finish-migrate', 'prelaunch'];
/** It runs, or waits for room on this computer's disk. */
const alive = ['running', 'io-error'];

/**
 * Takes over the machine that an earlier keeper left: one that runs goes on, one that starts is followed to its end,
 * one that was about to be suspended or resumed goes on if it has no state file, and is ended if it has one, which is
 * the same then. Null when it was ended, as also happens to one that nothing is known of.
 * @throws ProblemError when it was starting, and that failed
 */
export async function reattach(found: Found): Promise<Guest | null> {
  const guest = await meet(found);
  if (!guest) {
    found.process.kill();
    await found.process.exited;
    return null;
  }
  watchStandstill(guest, found.places, found.stands);
  if (guest.facts.startedInMs > 0) await greet(guest, found);
  else await followStart(guest, found);
  return guest;
}

/** The machine with its monitor, running. Null when it is of no use. */
async function meet({ process: process_, places, ports, signal, log }: Found): Promise<Guest | null> {
  const limit = timeLimit(answerMs, signal);
  try {
    const facts = await readRecord(places.machine, guestFacts);
    if (!facts) throw new Error('Nothing is known of the machine');
    const qmp = await Qmp.connect(places.qmpSocket, limit);
    const { status } = await qmp.execute('query-status', {}, runState, limit);
    log.info({ status }, 'An earlier keeper left a machine');
    if (frozen.includes(status) && !existsSync(places.stateFile)) await goOn(qmp, places, limit);
    else if (!alive.includes(status)) throw new Error(`It was left in the middle of something: ${status}`);
    return new Guest(facts, process_, qmp, places, ports, log);
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ err: error }, 'The machine that an earlier keeper left is of no use');
    return null;
  }
}

/** What an ended keeper had begun to save goes nowhere any more. */
async function goOn(qmp: Qmp, places: Places, signal: AbortSignal): Promise<void> {
  await qmp.execute('migrate_cancel', {}, nothing, signal);
  await raiseGeneration(places.diskRecord);
  await qmp.execute('cont', {}, nothing, signal);
}

/** A machine whose agent does not answer (yet) is kept all the same: its containers run. */
async function greet(guest: Guest, { places, log, signal }: Found): Promise<void> {
  const limit = timeLimit(agentMs, signal);
  try {
    const link = await guest.connect(limit);
    await restoreShares({ qmp: guest.qmp, link, places, facts: guest.facts }, limit);
  } catch (error) {
    log.warn({ err: error }, "The guest's agent does not answer yet, or its folders are not there");
  }
}

async function followStart(guest: Guest, { places, signal, report }: Found): Promise<void> {
  try {
    const linked = guest.connect(signal);
    // Awaited below; a start that fails earlier must not leave it unheard.
    linked.catch(() => undefined);
    await watchBoot({ places, guest, signal, report, formatted: () => markFormatted(places.diskRecord) });
    await linked;
    await guest.engine.ping(signal);
    await markFormatted(places.diskRecord);
    guest.facts.startedInMs = Date.now() - guest.facts.spawnedAt;
    await writeRecord(places.machine, guest.facts);
  } catch (error) {
    guest.process.kill();
    await guest.exited;
    guest.release();
    throw error;
  }
}
