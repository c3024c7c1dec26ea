import { existsSync } from 'node:fs';
import { timeLimit } from '#contract/time-limit';
import type { Boot } from './boot';
import { openDisk, raiseGeneration } from './disk/disk';
import { Guest, guestFacts } from './guest';
import { checkImage, type GuestImage, preparedImage, readManifest } from './image';
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

/** What the state is resumed with. */
interface Means {
  qemu: Program;
  image: GuestImage;
}

/** What can be seen before anything is started: the means when the state fits them, else why the guest must boot. */
async function fitting(facts: Guest['facts'], boot: Boot): Promise<Means | { cold: string }> {
  const { order, places, signal } = boot;
  const arch = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const qemu = await findQemu(arch);
  if (qemu?.version !== facts.qemuVersion) return { cold: 'QEMU has changed since it was suspended' };
  const accelerator = await chooseAccelerator({ arch, qemu, places, signal });
  if (accelerator.name !== facts.accelerator.name)
    return { cold: 'it was suspended with another accelerator' };
  const manifest = await readManifest(order.image);
  if (manifest?.id !== facts.imageId) return { cold: 'its image has changed since it was suspended' };
  return { qemu, image: await preparedImage(order.image, facts.imageId, places) };
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
    const means = await fitting(facts, boot);
    if ('cold' in means) return { cold: coldReason(means.cold) };
    // Takes longer than all the rest, so that nothing waits for it until the end: see `load`.
    const checked = checkImage(means.image, AbortSignal.any([signal, over.signal]));
    // Awaited in `load`; an earlier failure must not leave it unheard.
    checked.catch(() => undefined);
    const state = await readState(places.stateFile, await bindingOf(facts, places, boot.order.image));
    if ('cold' in state) return { cold: coldReason(state.cold) };
    return await load(facts, { ...means, checked }, state, boot);
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
  { qemu, image, checked }: Means & { checked: Promise<void> },
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
    // The guest has run meanwhile, mostly from its memory, which is as it was. If a byte of the image has changed
    // since, it ends here as it would have before: without its memory, with all that is on its disk.
    await checked;
    guest.facts.startedInMs = Math.round(performance.now() - began);
    await writeRecord(places.machine, guest.facts);
    return { guest, lacks };
  } catch (error) {
    process_.kill();
    await process_.exited;
    throw error;
  }
}
