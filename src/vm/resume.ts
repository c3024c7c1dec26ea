import { existsSync } from 'node:fs';
import { timeLimit } from '#contract/time-limit';
import type { Boot } from './boot';
import { openDisk, raiseGeneration } from './disk/disk';
import { Guest, guestFacts } from './guest';
import { checkIfWritten, type GuestImage, preparedImage, readManifest } from './image';
import { machineConfig } from './machine-config';
import { chooseAccelerator } from './qemu/accelerator';
import { qemuArguments } from './qemu/arguments';
import { startQemu } from './qemu/process';
import { findQemu, type Program } from './qemu/programs';
import { nothing, Qmp } from './qemu/qmp';
import { loadState, readState } from './qemu/resume';
import { readRecord, writeRecord } from './records';
import { plugShares } from './shares/plug';
import { watchStandstill } from './standstill';
import { bindingOf } from './suspend';

/** From the order to the engine's answer: 1.2 s measured under emulation, more on a busy computer. */
const limitMs = 60_000;

/** `lacks` names what did not come back with the machine. */
type Resumed = { guest: Guest; lacks: string | null } | { cold: string | null };

/** The image that the machine was suspended with; null when it is another one by now. */
async function imageOf({ imageId }: Guest['facts'], { order, places }: Boot): Promise<GuestImage | null> {
  const manifest = await readManifest(order.image);
  return manifest?.id === imageId ? preparedImage(order.image, imageId, places) : null;
}

/** What can be seen before anything is started: QEMU when the state fits it, else why the guest must boot. */
async function qemuFor(facts: Guest['facts'], { places, signal }: Boot): Promise<Program | { cold: string }> {
  const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const qemu = await findQemu(arch);
  if (qemu?.version !== facts.qemuVersion) return { cold: 'QEMU has changed since it was suspended' };
  const accelerator = await chooseAccelerator({ arch, qemu, places, signal });
  if (accelerator.name !== facts.accelerator.name)
    return { cold: 'it was suspended with another accelerator' };
  return qemu;
}

/**
 * Wakes a suspended machine. Whatever is wrong with the state leads to a boot, never to an error: `cold` says why, or
 * is null when there was nothing to resume.
 * @throws only when the order was broken off
 */
export async function resume(boot: Boot): Promise<Resumed> {
  const { places, signal, log } = boot;
  if (!existsSync(places.stateFile)) return { cold: null };
  const over = new AbortController();
  try {
    const facts = await readRecord(places.machine, guestFacts);
    if (!facts) return { cold: coldReason('what it was started with is not known any more') };
    const image = await imageOf(facts, boot);
    if (!image) return { cold: coldReason('its image has changed since it was suspended') };
    // Long where every byte has to be looked at: it begins first, and the guest runs only when it is done.
    const checked = checkIfWritten(image, places, AbortSignal.any([signal, over.signal]));
    // Awaited in `load`; an earlier failure must not leave it unheard.
    checked.catch(() => undefined);
    const binding = await bindingOf(facts, places, boot.order.image);
    const [qemu, state] = await Promise.all([qemuFor(facts, boot), readState(places.stateFile, binding)]);
    if ('cold' in qemu) return { cold: coldReason(qemu.cold) };
    if ('cold' in state) return { cold: coldReason(state.cold) };
    return await load(facts, { qemu, image, checked }, state, boot);
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ err: error }, 'The suspended state was of no use');
    return { cold: coldReason(error instanceof Error ? error.message : String(error)) };
  } finally {
    over.abort();
  }
}

const coldReason = (why: string) => `It was started anew, because ${why}`;

type State = Extract<Awaited<ReturnType<typeof readState>>, { incoming: string }>;

async function load(
  facts: Guest['facts'],
  { qemu, image, checked }: { qemu: Program; image: GuestImage; checked: Promise<void> },
  state: State,
  boot: Boot,
): Promise<Resumed> {
  const { places, ports, signal: wished, log } = boot;
  const signal = timeLimit(limitMs, wished);
  const disk = await openDisk(places.diskRecord);
  if (!disk) throw new Error('its disk is gone');
  const began = performance.now();
  const config = await machineConfig(facts, { image, disk: disk.path, places }, [], state.incoming);
  const args = qemuArguments(config, { platform: process.platform });
  const process_ = await startQemu({ program: qemu.program, args, places });
  try {
    const qmp = await Qmp.connect(places.qmpSocket, signal);
    await loadState({ qmp, pid: process_.pid, state, socket: places.stateSocket, signal });
    await checked;
    // From here on the disk goes on from this state: no other state fits it.
    await raiseGeneration(places.diskRecord);
    const guest = new Guest({ ...facts }, process_, qmp, places, ports, log);
    watchStandstill(guest, places, boot.stands);
    await qmp.execute('cont', {}, nothing, signal);
    const link = await guest.connect(signal);
    await link.setClock(Date.now(), signal);
    const lacks = await plugShares({ qmp, link, places, facts }, signal).then(
      () => null,
      (error: unknown) => {
        log.error({ err: error }, 'The folders could not be shared again');
        return 'Not all folders could be shared again; a restart shares them';
      },
    );
    await guest.engine.ping(signal);
    guest.facts.startedInMs = Math.round(performance.now() - began);
    await writeRecord(places.machine, guest.facts);
    return { guest, lacks };
  } catch (error) {
    process_.kill();
    await process_.exited;
    throw error;
  }
}
