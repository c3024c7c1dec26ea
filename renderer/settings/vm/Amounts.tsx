import type { VmHost, VmSettings, VmUsage } from '#contract';
import { formatMemory, plural } from '../../ui/format';
import { gigabytes } from './changes';
import { DiskLine } from './DiskLine';
import { useVmSettings } from './draft';
import { ResourceRow } from './ResourceRow';
import { rangeWarning } from './resources';

/** Processor, memory and disk of the VM, to change. */
export function Amounts({
  disk,
  onTrimmed,
  ...row
}: RowProps & {
  /** The disk that is there; null while there is none. */
  disk: VmUsage['disk'];
  onTrimmed: () => void;
}) {
  return (
    <section className="card divide-y divide-line" aria-label="Amounts">
      <Processor {...row} />
      <Memory {...row} />
      <Disk {...row} disk={disk} onChanged={onTrimmed} />
      <Swap {...row} />
    </section>
  );
}

interface RowProps {
  host: VmHost;
  kept: VmSettings;
  shown: VmSettings;
}

/** What was, what is left, and whether that is wise; undefined while nothing was changed. */
function changeNote(changed: boolean, was: string, meaning: string, warning: string | undefined) {
  return changed ? [`Was ${was}.`, warning ?? meaning].join(' ') : warning;
}

function Processor({ host, kept, shown }: RowProps) {
  const { edit } = useVmSettings();
  return (
    <ResourceRow
      setting="cpus"
      unit={shown.cpus === 1 ? 'core' : 'cores'}
      value={shown.cpus}
      onChange={(cpus) => edit({ cpus })}
      min={1}
      max={Math.max(host.cpus, kept.cpus)}
      step={1}
      good={host.good.cpus}
      note={changeNote(
        shown.cpus !== kept.cpus,
        plural(kept.cpus, 'core'),
        '',
        rangeWarning(shown.cpus, host.good.cpus),
      )}
    />
  );
}

/** Halves count only where there is little. */
const LARGE_MIB = 8192;

function Memory({ host, kept, shown }: RowProps) {
  const { edit } = useVmSettings();
  const most = Math.max(Math.floor(host.memoryMiB / 1024), 1);
  const [low, high] = host.good.memoryMiB;
  const rest = gigabytes(Math.max(0, host.memoryMiB - shown.memoryMiB));
  return (
    <ResourceRow
      setting="memory"
      unit="GB"
      spokenUnit="gigabyte"
      value={shown.memoryMiB / 1024}
      onChange={(gib) => edit({ memoryMiB: Math.round(gib * 1024) })}
      min={1}
      max={most}
      step={host.memoryMiB < LARGE_MIB ? 0.5 : 1}
      good={[low / 1024, high / 1024]}
      note={changeNote(
        shown.memoryMiB !== kept.memoryMiB,
        gigabytes(kept.memoryMiB),
        `Leaves ${rest} for the rest of the computer.`,
        rangeWarning(shown.memoryMiB, host.good.memoryMiB),
      )}
    />
  );
}

/** Below this no engine is of use for long. */
const SMALLEST_GIB = 16;

function Disk({
  host,
  kept,
  shown,
  disk,
  onChanged,
}: RowProps & { disk: VmUsage['disk']; onChanged: () => void }) {
  const { edit } = useVmSettings();
  // The disk that is there only grows; before there is one any size will do.
  const floor = disk ? kept.diskGiB : Math.min(SMALLEST_GIB, kept.diskGiB);
  const room = host.diskFreeGiB + Math.floor((disk?.hostBytes ?? 0) / 1024 ** 3);
  const grows = shown.diskGiB - kept.diskGiB;
  return (
    <ResourceRow
      setting="disk"
      help={disk ? 'The file grows as needed. It can grow later, never shrink.' : undefined}
      unit="GB"
      spokenUnit="gigabyte"
      value={shown.diskGiB}
      onChange={(diskGiB) => edit({ diskGiB: Math.max(floor, Math.round(diskGiB)) })}
      min={Math.min(SMALLEST_GIB, kept.diskGiB)}
      max={Math.max(room, kept.diskGiB)}
      step={1}
      good={host.good.diskGiB}
      note={
        grows === 0
          ? undefined
          : `Was ${kept.diskGiB} GB.${disk ? ` ${formatMemory(disk.hostFreeBytes)} are free here.` : ''}`
      }
    >
      {disk && <DiskLine disk={disk} onTrimmed={onChanged} />}
    </ResourceRow>
  );
}

/** Of the disk, in GiB: more would only make a computer that is out of memory slow for longer. */
const MOST_SWAP = 8;
const GOOD_SWAP = [0.5, 2] as const;

function Swap({ kept, shown }: RowProps) {
  const { edit } = useVmSettings();
  const most = Math.max(MOST_SWAP, Math.ceil(kept.swapMiB / 1024));
  return (
    <ResourceRow
      setting="swap"
      unit="GB"
      spokenUnit="gigabyte"
      value={shown.swapMiB / 1024}
      onChange={(gib) => edit({ swapMiB: Math.round(gib * 1024) })}
      min={0}
      max={most}
      step={0.5}
      good={GOOD_SWAP}
      note={changeNote(
        shown.swapMiB !== kept.swapMiB,
        kept.swapMiB === 0 ? 'off' : gigabytes(kept.swapMiB),
        '',
        shown.swapMiB === 0
          ? 'A program that needs more than the memory is ended at once.'
          : shown.swapMiB / 1024 > GOOD_SWAP[1]
            ? 'That is much: a program that needs it gets very slow.'
            : undefined,
      )}
    />
  );
}
