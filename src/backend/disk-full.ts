import type { DiskUsage, VmUsage } from '#contract';
import type { Problem, ProblemAction } from '#contract/problem';
import { largerDisk } from '#vm/disk/growth';
import { within } from '#vm/within';
import { inBytes } from './diagnostics/check';
import type { Services } from './services';

/** How long figures are waited for: an engine walks its disk for them. */
const limitMs = 5000;

const gib = 1024 ** 3;
/** A disk of which less is used is not what was full. */
const fullShare = 0.9;

/** Unused images that make up less of it would soon leave it as full as before. */
const smallShare = 0.05;

/** What is known of a full disk; null for what could not be found out. */
export interface Figures {
  usage: DiskUsage | null;
  /** Of Gantry's VM, when the engine is in it. */
  disk: VmUsage['disk'];
}

const listed = new Intl.ListFormat('en-GB');

/** Where nothing of the engine's takes any room, there is nothing to tell. */
const takesRoom = ({ images, volumes, containers, buildCache }: DiskUsage) =>
  [images, volumes, containers, buildCache].some(({ bytes }) => bytes > 0);

/** What takes the room, and how much of it nobody would miss. */
function usageWords({ images, volumes, containers, buildCache }: DiskUsage): string {
  const shares: [string, number][] = [
    ['images', images.bytes],
    ['volumes', volumes.bytes],
    ['the containers’ own files', containers.bytes],
    ['the build cache', buildCache.bytes],
  ];
  const takers = shares.filter(([, bytes]) => bytes > 0);
  const words = takers.map(
    ([what, bytes], index) => `${what}${index === 0 ? ' take' : ''} ${inBytes(bytes)}`,
  );
  const text = listed.format(words);
  const unused = images.freeableBytes + buildCache.freeableBytes;
  const freed =
    unused > 0
      ? `Unused images and build cache make up ${inBytes(unused)} of it, and can go without harm to anything in use.`
      : 'All images and all of the build cache are in use.';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}. ${freed}`;
}

function diskWords(disk: NonNullable<VmUsage['disk']>, larger: number | null): string {
  const size = `The VM’s disk has ${Math.round(disk.sizeBytes / gib)} GB`;
  return larger === null
    ? `${size}, and cannot grow: this computer has ${inBytes(disk.hostFreeBytes)} free.`
    : `${size}, and can grow.`;
}

const grow = (diskGiB: number): ProblemAction => ({
  kind: 'call',
  label: `Make the disk larger (${diskGiB} GB)`,
  procedure: 'vm.growDisk',
  input: { diskGiB },
});

const findsImages = (action: ProblemAction) => action.kind === 'open' && action.page === 'images';

/** The place that was full is not the whole disk: that has room. */
function elsewhere(problem: Problem, disk: NonNullable<VmUsage['disk']>, usedBytes: number): Problem {
  const used = `${(usedBytes / gib).toFixed(1)} of ${Math.round(disk.sizeBytes / gib)} GB`;
  return {
    ...problem,
    explanation: `The engine’s disk has room by now: ${used} are used. If it had room before, a smaller place is full: a volume with a size of its own, or memory that is mounted as a folder (tmpfs, /dev/shm).`,
    actions: problem.actions.filter((action) => !findsImages(action)),
  };
}

/** The problem with what is known of the disk, and what makes room on it. */
export function withFigures(problem: Problem, { usage, disk }: Figures): Problem {
  const used = disk?.guestUsedBytes ?? null;
  // What a failed download has taken is free again by now: then the figure says nothing.
  const hadRoom = problem.code === 'disk-full-inside' && disk && used !== null;
  if (hadRoom && used < fullShare * disk.sizeBytes) return elsewhere(problem, disk, used);
  const larger = disk && largerDisk(disk);
  const words = [
    problem.explanation,
    ...(usage && takesRoom(usage) ? [usageWords(usage)] : []),
    ...(disk ? [diskWords(disk, larger)] : []),
  ];
  const unused = usage?.images.freeableBytes;
  const find = unused === 0 ? [] : problem.actions.filter(findsImages);
  const others = problem.actions.filter((action) => !findsImages(action));
  const growth = larger === null ? [] : [grow(larger)];
  const isLittle = disk && unused !== undefined && unused < smallShare * disk.sizeBytes;
  return {
    ...problem,
    explanation: words.join(' '),
    actions: isLittle ? [...growth, ...find, ...others] : [...find, ...growth, ...others],
  };
}

/** What the work gives; null when it fails, or takes too long. It goes on then: others may wait for it. */
async function inTime<T>(work: Promise<T>): Promise<T | null> {
  const settled = work.catch(() => null);
  return (await within(limitMs, settled)) ? settled : null;
}

/** Adds figures, and what helps, to a problem that is about a full disk; any other stays as it is. */
export async function explainFullDisk(
  problem: Problem,
  { engine, vm }: Pick<Services, 'engine' | 'vm'>,
): Promise<Problem> {
  if (problem.code !== 'disk-full' && problem.code !== 'disk-full-inside') return problem;
  const inVm = engine.state().endpoint?.source === 'Gantry VM';
  const [usage, disk] = await Promise.all([
    inTime(engine.diskUsage()),
    inVm ? inTime(vm.usage().then((all) => all.disk)) : null,
  ]);
  return withFigures(problem, { usage, disk });
}
