import { useQuery } from '@tanstack/react-query';
import { api } from '../../data/client';
import { plural } from '../../ui/format';
import { SectionHead } from '../parts';
import { Amounts } from './Amounts';
import { gigabytes } from './changes';
import { DiskPlace } from './DiskPlace';
import { useVmSettings } from './draft';
import { IdleCard } from './IdleCard';
import { useDisk } from './useDisk';
import { VmNotice } from './VmNotice';

/** What the VM may take of this computer. */
export function ResourcesSection() {
  const { kept, shown } = useVmSettings();
  const { data: host } = useQuery(api.vm.host.queryOptions());
  const { disk, look } = useDisk();
  return (
    <>
      <SectionHead title="Resources" term="vm" about="What the virtual machine may take from this computer" />
      <VmNotice host={host} />
      {kept && shown && host && (
        <>
          <Amounts host={host} kept={kept} shown={shown} disk={disk} onTrimmed={look} />
          <p className="flex items-center gap-2 text-12 text-fg3 mt-2.5 mb-4">
            <span className="w-4 h-[3px] rounded-full bg-ok shrink-0" />
            Good range for this computer, which has {plural(host.cpus, 'core')}, {gigabytes(host.memoryMiB)}{' '}
            of memory and {host.diskFreeGiB} GB free
          </p>
          <DiskPlace folder={kept.diskFolder} path={disk?.path ?? null} />
          <IdleCard />
        </>
      )}
    </>
  );
}
