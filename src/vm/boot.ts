import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { BootStep, Problem } from '#contract';
import { ProblemError } from '#contract/problem';
import { NoFirstLine, watchBoot } from './boot-watch';
import { readyDisk } from './data-disk';
import { markFormatted, raiseGeneration, takeFormatOrder } from './disk/disk';
import { Guest, type GuestFacts } from './guest';
import { certificates, guestConfig } from './guest-config';
import { type GuestImage, prepareImage } from './image';
import type { Order } from './keeper-contract';
import { machineConfig } from './machine-config';
import { pause } from './pause';
import type { Places } from './places';
import type { Ports } from './ports/ports';
import { qemuMissing } from './problems';
import { type AcceleratorChoice, chooseAccelerator, rememberFailure } from './qemu/accelerator';
import { qemuArguments } from './qemu/arguments';
import { chooseNetwork, hostNetworks } from './qemu/guest-network';
import { installCommand } from './qemu/install';
import { kernelArguments } from './qemu/kernel-arguments';
import { startQemu } from './qemu/process';
import { usableProcessors } from './qemu/processors';
import { findQemu, type Program } from './qemu/programs';
import { Qmp } from './qemu/qmp';
import { writeRecord } from './records';
import { presentFolders, serveShare } from './shares/serve';
import { findServer } from './shares/virtiofsd';
import { type Standstill, watchStandstill } from './standstill';

/** What a start needs to know, cold or from a suspended state. */
export interface Boot {
  order: Order;
  places: Places;
  ports: Ports;
  log: Logger;
  /** Told when the machine stands still because this computer's disk is full, and with null when it goes on. */
  stands: (standstill: Standstill | null) => void;
  /** Breaks the start off. */
  signal: AbortSignal;
}

/** Whoever wants to know how far a start is. */
export type Report = (step: BootStep) => void;

/** What was made ready for QEMU. */
interface Ready {
  image: GuestImage;
  qemu: Program;
  accelerator: AcceleratorChoice;
  facts: GuestFacts;
  args: string[];
  /** The disk is larger than the file system on it. */
  grown: boolean;
}

/**
 * Boots the machine and resolves when its engine answers. When an accelerator turns out not to work, it is not used
 * again until this computer was restarted, and the machine boots without it.
 * @throws ProblemError with the step, the cause and the guest's last lines
 */
export async function boot(start: Boot & { report: Report }): Promise<Guest> {
  start.report('image');
  const image = await prepareImage(start.order.image, start.places, start.signal);
  start.report('machine');
  const qemu = await findQemu(image.manifest.arch);
  if (!qemu) throw new ProblemError(qemuMissing(await installCommand(image.manifest.arch)));
  const { places, signal, log } = start;
  const accelerator = await chooseAccelerator({ arch: image.manifest.arch, qemu, places, signal });
  try {
    return await bootWith(start, { image, qemu, accelerator });
  } catch (error) {
    if (accelerator.name === 'tcg' || signal.aborted || !isAcceleratorsFault(error)) throw error;
    log.warn({ err: error, accelerator }, 'The accelerator does not work; the machine boots without it');
    await rememberFailure({ name: accelerator.name, qemu, places, why: error.why });
    const next = await chooseAccelerator({ arch: image.manifest.arch, qemu, places, signal });
    return bootWith(start, { image, qemu, accelerator: next });
  }
}

const isAcceleratorsFault = (error: unknown): error is NoFirstLine => error instanceof NoFirstLine;

async function bootWith(
  start: Boot & { report: Report },
  chosen: Pick<Ready, 'image' | 'qemu' | 'accelerator'>,
): Promise<Guest> {
  const { places, ports, signal, report, log } = start;
  const ready = await prepare(start, chosen);
  // An old log must not be taken for this start's.
  await rm(places.serialLog, { force: true });
  await raiseGeneration(places.diskRecord);
  await rm(places.stateFile, { force: true });
  await writeRecord(places.machine, ready.facts);
  const began = performance.now();
  const qemu = await startQemu({ program: ready.qemu.program, args: ready.args, places });
  const note = (step: BootStep) => {
    ready.facts.timeLine.push({ step, atMs: Math.round(performance.now() - began) });
    report(step);
  };
  note('machine');
  try {
    const qmp = await Promise.race([Qmp.connect(places.qmpSocket, signal), qemuEnds(qemu.exited)]);
    const guest = new Guest(ready.facts, qemu, qmp, places, ports, log);
    watchStandstill(guest, places, start.stands);
    const linked = guest.connect(signal);
    // Awaited below; a start that fails earlier must not leave it unheard.
    linked.catch(() => undefined);
    await watchBoot({
      places,
      guest,
      signal,
      report: note,
      formatted: () => markFormatted(places.diskRecord),
    });
    const link = await linked;
    await guest.engine.ping(signal);
    if (ready.grown) await link.grow(signal);
    await markFormatted(places.diskRecord);
    guest.facts.startedInMs = Math.round(performance.now() - began);
    await writeRecord(places.machine, guest.facts);
    return guest;
  } catch (error) {
    const cause = error instanceof ProblemError ? error : await orQemusEnd(error, qemu.exited, signal);
    qemu.kill();
    await qemu.exited;
    throw cause;
  }
}

const qemuEnded = (why: string): Problem => ({
  code: 'vm-qemu-ended',
  title: 'The virtual machine could not be started',
  explanation: `QEMU ended at once. ${why}`,
  actions: [{ kind: 'call', label: 'Start again', procedure: 'vm.start' }],
  detail: why,
});

async function qemuEnds(exited: Promise<string>): Promise<never> {
  const why = await exited;
  throw new NoFirstLine(qemuEnded(why), why);
}

/** A connection that breaks off is often told before the end of QEMU that broke it off. */
const endMs = 1000;

async function orQemusEnd(error: unknown, exited: Promise<string>, signal: AbortSignal): Promise<unknown> {
  const why = await Promise.race([exited, pause(endMs, signal)]);
  return why === undefined ? error : new ProblemError(qemuEnded(why));
}

/** Everything that QEMU is given, on disk and as arguments. */
async function prepare(
  { order, places, signal, log }: Boot,
  { image, qemu, accelerator }: Pick<Ready, 'image' | 'qemu' | 'accelerator'>,
): Promise<Ready> {
  const { settings } = order;
  const disk = await readyDisk(places, settings, signal);
  const format = await takeFormatOrder(places.diskRecord);
  const processors = usableProcessors(settings.cpus, {
    arch: image.manifest.arch,
    accelerator: accelerator.name,
    qemuVersion: qemu.version,
  });
  const virtiofsd = await findServer();
  const wanted = await presentFolders(settings.folders);
  if (wanted.length < settings.folders.length) log.warn({ wanted }, 'Not all folders can be shared');
  const facts: GuestFacts = {
    accelerator: { ...accelerator, why: [accelerator.why, processors.why].filter(Boolean).join(' ') },
    qemuVersion: qemu.version,
    cpus: settings.cpus,
    processors: processors.count,
    memoryMiB: settings.memoryMiB,
    swapMiB: settings.swapMiB,
    secret: randomBytes(16).toString('hex'),
    imageId: image.manifest.id,
    network: chooseNetwork(await hostNetworks()),
    kernelArguments: kernelArguments(image.manifest.arch, accelerator.name),
    folders: wanted,
    sharing: virtiofsd ? 'virtiofs' : 'link',
    spawnedAt: Date.now(),
    startedInMs: 0,
    configDropped: null,
    timeLine: [],
  };
  const config = guestConfig(settings, facts, { format });
  await writeFile(places.guestConfig, config, { mode: 0o600 });
  const authorities = await certificates(settings);
  if (authorities) await writeFile(places.guestCertificates, authorities, { mode: 0o600 });
  else await rm(places.guestCertificates, { force: true });
  const shares = virtiofsd
    ? await Promise.all(wanted.map((folder, index) => serveShare(virtiofsd, folder, index, places, signal)))
    : [];
  const machine = await machineConfig(facts, { image, disk: disk.path, places }, shares, null);
  const args = qemuArguments(machine, { platform: process.platform });
  return { image, qemu, accelerator, facts, args, grown: disk.grown };
}
