import { useEffect, useState } from 'react';
import type { DiskUsage } from '#contract';
import { StackedBar } from '#ui/StackedBar';
import { useDiskUsage } from '../data/diskUsage';
import { useProjection } from '../data/projection';
import { formatBytes } from '../ui/format';

/** The engine walks its disk for this: a burst of changes is counted once, when it is over. */
const QUIET_MS = 2000;

const kinds = [
  { kind: 'images', label: 'Images', color: 'var(--g-data-1)' },
  { kind: 'volumes', label: 'Volumes', color: 'var(--g-data-3)' },
  { kind: 'buildCache', label: 'Build cache', color: 'var(--g-data-2)' },
  { kind: 'containers', label: 'Containers', color: 'var(--g-data-4)' },
] as const;

/** What takes room on the engine's disk, as text, a moment after the last change. */
function useSettledObjects(): string {
  const now = useProjection(({ containers, images, volumes }) =>
    [
      ...images.byKey.keys(),
      ...volumes.byKey.keys(),
      ...containers.list.map(({ id, state }) => `${id}${state}`),
    ].join(' '),
  );
  const [settled, setSettled] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(now), QUIET_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return settled;
}

export function DiskCard() {
  const usage = useDiskUsage(useSettledObjects());
  return (
    <section className="card p-4" aria-label="Disk">
      <div className="flex items-baseline">
        <h2 className="h2">Disk</h2>
        <span className="ml-auto text-12 text-fg3 num">
          {usage ? `${formatBytes(total(usage))} used` : 'The engine is counting…'}
        </span>
      </div>
      <div className="mt-2.5 mb-2.5">
        <StackedBar
          label="Disk use"
          height={14}
          parts={kinds.map(({ kind, label, color }) => ({
            label,
            color,
            value: usage?.[kind].bytes ?? 0,
            valueText: usage ? formatBytes(usage[kind].bytes) : 'unknown',
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
          {kinds.map(({ kind, label, color }) => (
            <tr key={kind}>
              <td className="py-[3px]">
                <span className="flex items-center gap-2">
                  <i className="w-2 h-3 rounded-[2px]" style={{ background: color }} />
                  {label}
                </span>
              </td>
              <td className="text-right num text-fg2">{usage ? formatBytes(usage[kind].bytes) : ''}</td>
              <td className="text-right num">
                <Freeable bytes={usage?.[kind].freeableBytes} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
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
