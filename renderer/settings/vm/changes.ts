import type { VmSettings, VmState } from '#contract';
import { formatMemory, plural } from '#ui/format';

type Changes = Partial<VmSettings>;

export const gigabytes = (memoryMiB: number) => formatMemory(memoryMiB * 1024 ** 2);

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The changes without those that are none: what was changed and changed back. */
export function realChanges(changes: Changes, kept: VmSettings): Changes {
  const before = new Map<string, unknown>(Object.entries(kept));
  return Object.fromEntries(Object.entries(changes).filter(([key, value]) => !same(value, before.get(key))));
}

/** What of the changes the machine takes only when it starts, in words that follow "to use". */
export function waitsForRestart(changes: Changes): string[] {
  const { cpus, memoryMiB, swapMiB, folders, dns, proxy, certificates } = changes;
  return [
    ...(cpus === undefined ? [] : [plural(cpus, 'core')]),
    ...(memoryMiB === undefined ? [] : [gigabytes(memoryMiB)]),
    ...(swapMiB === undefined ? [] : [swapMiB === 0 ? 'no swap' : `${gigabytes(swapMiB)} of swap`]),
    ...(folders === undefined ? [] : ['the shared folders']),
    ...(proxy === undefined ? [] : ['the proxy']),
    ...(dns === undefined ? [] : ['the name servers']),
    ...(certificates === undefined ? [] : ['the certificates']),
  ];
}

/** What the running machine has not taken over yet from settings that were applied without a restart. */
export function appliedLater(kept: VmSettings, resources: VmState['resources']): Changes {
  if (!resources) return {};
  return {
    ...(resources.cpus === kept.cpus ? {} : { cpus: kept.cpus }),
    ...(resources.memoryMiB === kept.memoryMiB ? {} : { memoryMiB: kept.memoryMiB }),
    ...(resources.swapMiB === kept.swapMiB ? {} : { swapMiB: kept.swapMiB }),
  };
}

const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** "5 containers stop for about 12 s." */
function stopWords(up: number | null, startedInMs: number | null): string {
  if (up === 0) return 'No container is running.';
  const who =
    up === null ? 'What runs in it stops' : `${plural(up, 'container')} ${up === 1 ? 'stops' : 'stop'}`;
  return startedInMs === null ? `${who} until then.` : `${who} for about ${Math.ceil(startedInMs / 1000)} s.`;
}

export interface ApplyWords {
  /** What must happen, the bold part. */
  title: string;
  /** What that means. */
  text: string;
  /** Whether the running engine has to be restarted. */
  restarts: boolean;
}

/**
 * What Apply will do, in words.
 * @param up how many containers are up in the VM; null when that is not known
 */
export function applyWords(
  changes: Changes,
  { vm, up }: { vm: Pick<VmState, 'status' | 'startedInMs'> | null; up: number | null },
): ApplyWords {
  const later = waitsForRestart(changes);
  if (later.length === 0) {
    return {
      title: `The disk grows to ${changes.diskGiB ?? 0} GB.`,
      text: 'It cannot be made smaller after that.',
      restarts: false,
    };
  }
  const what = listed(later);
  if (vm?.status === 'running') {
    return {
      title: `The engine must restart to use ${what}.`,
      text: stopWords(up, vm.startedInMs),
      restarts: true,
    };
  }
  if (vm?.status === 'suspended') {
    return {
      title: `The engine uses ${what} after a restart.`,
      text: 'It wakes as it went to sleep, with what it had.',
      restarts: false,
    };
  }
  return { title: `The engine uses ${what} from its next start.`, text: '', restarts: false };
}
