import { useQuery } from '@tanstack/react-query';
import type { VmHost, VmSettings, VmUsage } from '#contract';
import { api } from '../../data/client';
import { useVm } from '../../data/vm';
import { formatMemory, plural } from '../../ui/format';
import { SectionHead } from '../parts';
import { gigabytes } from './changes';
import { DiskLine } from './DiskLine';
import { DiskPlace } from './DiskPlace';
import { useVmSettings } from './draft';
import { IdleCard } from './IdleCard';
import { ResourceRow } from './ResourceRow';
import { rangeWarning } from './resources';
import { VmNotice } from './VmNotice';

/** What the VM may take of this computer. */
export function ResourcesSection() {
  const { kept, shown } = useVmSettings();
  const { data: host } = useQuery(api.vm.host.queryOptions());
  // What the file takes changes with all that the engine does; it is read when somebody looks.
  const status = useVm()?.status ?? 'absent';
  const usage = useQuery({
    ...api.vm.usage.queryOptions(),
    queryKey: [...api.vm.usage.queryKey(), status],
    placeholderData: (before) => before,
    staleTime: 0,
    enabled: status !== 'absent',
  });
  return (
    <>
      <SectionHead title="Resources" about="What the virtual machine may take from this computer" />
      <VmNotice host={host} />
      {kept && shown && host && (
        <>
          <section className="card divide-y divide-line" aria-label="Amounts">
            <Processor host={host} kept={kept} shown={shown} />
            <Memory host={host} kept={kept} shown={shown} />
            <Disk
              host={host}
              kept={kept}
              shown={shown}
              disk={usage.data?.disk ?? null}
              onChanged={() => void usage.refetch()}
            />
          </section>
          <p className="flex items-center gap-2 text-12 text-fg3 mt-2.5 mb-4">
            <span className="w-4 h-[3px] rounded-full bg-ok shrink-0" />
            Good range for this computer, which has {plural(host.cpus, 'core')}, {gigabytes(host.memoryMiB)}{' '}
            of memory and {host.diskFreeGiB} GB free
          </p>
          <DiskPlace folder={kept.diskFolder} path={usage.data?.disk?.path ?? null} />
          <IdleCard />
        </>
      )}
    </>
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
      title="Processor"
      help="Shared with your other programs. Never reserved."
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
      title="Memory"
      help="Taken as needed and given back when idle."
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
      title="Disk"
      help={disk ? 'The file grows as needed. It can grow later, never shrink.' : 'The file grows as needed.'}
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
