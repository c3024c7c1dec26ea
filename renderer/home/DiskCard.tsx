import type { DiskUsage, VmUsage } from '#contract';
import { StackedBar } from '#ui/StackedBar';
import { useDiskUsage } from '../data/diskUsage';
import { formatBytes, formatMemory, formatPercent } from '../ui/format';

const kinds = [
  { kind: 'images', label: 'Images', color: 'var(--g-data-1)' },
  { kind: 'volumes', label: 'Volumes', color: 'var(--g-data-3)' },
  { kind: 'buildCache', label: 'Build cache', color: 'var(--g-data-2)' },
  { kind: 'containers', label: 'Containers', color: 'var(--g-data-4)' },
] as const;

/** What the engine's objects take. `disk` is the VM's, when the engine runs in it. */
export function DiskCard({ objects, disk }: { objects: string; disk: VmUsage['disk'] | undefined }) {
  const usage = useDiskUsage(objects);
  const rows = rowsOf(usage, disk);
  return (
    <section className="card p-4" aria-label="Disk">
      <div className="flex items-baseline">
        <h2 className="h2">Disk</h2>
        <span className="ml-auto text-12 text-fg3 num">
          {usage ? usedOf(usage, disk) : 'The engine is counting…'}
        </span>
      </div>
      <div className="mt-2.5 mb-2.5">
        <StackedBar
          label="Disk use"
          height={14}
          total={disk?.sizeBytes}
          parts={rows.map(({ label, color, bytes }) => ({
            label,
            color,
            value: bytes ?? 0,
            valueText: bytes === undefined ? 'unknown' : formatBytes(bytes),
          }))}
        />
      </div>
      <table className="w-full text-12">
        <thead>
          <tr className="text-11 text-fg3">
            <th className="text-left font-medium pb-1">
              <span className="sr-only">Kind</span>
            </th>
            <th className="text-right font-medium pb-1">Size</th>
            <th className="text-right font-medium pb-1">Can be freed</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, color, bytes, freeableBytes }) => (
            <tr key={label}>
              <td className="py-[3px]">
                <span className="flex items-center gap-2">
                  <i className="amounts w-2 h-3 rounded-[2px]" style={{ background: color }} />
                  {label}
                </span>
              </td>
              <td className="text-right num text-fg2">{bytes === undefined ? '' : formatBytes(bytes)}</td>
              <td className="text-right num">
                <Freeable bytes={freeableBytes} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {disk && (
        <p className="text-12 text-fg3 mt-2.5 num">
          The VM’s disk takes {formatMemory(disk.hostBytes)} of this computer, which has{' '}
          {formatMemory(disk.hostFreeBytes)} free.
        </p>
      )}
    </section>
  );
}

/** What each kind takes. In the VM its swap and its engine's own files are on the same disk, which no engine counts. */
function rowsOf(usage: DiskUsage | undefined, disk: VmUsage['disk'] | undefined) {
  const rows = kinds.map(({ kind, label, color }) => ({ label, color, ...usage?.[kind] }));
  const rest = usage && disk?.guestUsedBytes ? disk.guestUsedBytes - total(usage) : 0;
  const system = { label: 'Swap and system', color: 'var(--g-data-5)', bytes: rest, freeableBytes: 0 };
  return rest > 0 ? [...rows, system] : rows;
}

/** In the VM its file system knows, with what is neither image nor volume; else the sum of what the engine counts. */
function usedOf(usage: DiskUsage, disk: VmUsage['disk'] | undefined): string {
  if (!disk) return `${formatBytes(total(usage))} used`;
  const used = (disk.guestUsedBytes ?? total(usage)) / Math.max(1, disk.sizeBytes);
  return `${formatPercent(used)} of ${formatMemory(disk.sizeBytes)} used`;
}

const total = (usage: DiskUsage) => kinds.reduce((sum, { kind }) => sum + usage[kind].bytes, 0);

function Freeable({ bytes }: { bytes: number | undefined }) {
  if (bytes === undefined) return null;
  return bytes > 0 ? (
    <span className="text-ok-fg">{formatBytes(bytes)}</span>
  ) : (
    <span className="text-fg3">none</span>
  );
}
