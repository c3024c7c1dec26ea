import { Folder, HardDrive, MemoryStick } from 'lucide-react';
import type { Mount } from '#contract';
import { formatRoute } from '../../../shell/routes';
import { plural } from '../../../ui/format';
import { cutTip } from '../../../ui/tip';
import { Card } from '../Card';

function countOf(mounts: Mount[]): string {
  const volumes = mounts.filter((mount) => mount.type === 'volume').length;
  const others = mounts.length - volumes;
  return [volumes && plural(volumes, 'volume'), others && plural(others, 'folder')]
    .filter(Boolean)
    .join(', ');
}

export function MountsCard({ mounts }: { mounts: Mount[] }) {
  if (mounts.length === 0) return null;
  return (
    <Card title="Mounts" term="mount" end={countOf(mounts)} flush>
      <table className="tbl inset" style={{ '--g-row': '32px' } as React.CSSProperties}>
        <colgroup>
          <col />
          <col />
          <col style={{ width: 104 }} />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th>Here</th>
            <th>Inside</th>
            <th>Access</th>
          </tr>
        </thead>
        <tbody>
          {mounts.map((mount) => (
            <tr key={mount.destination}>
              <td>
                <Source mount={mount} />
              </td>
              <td className="mono truncate select-text" {...cutTip(mount.destination)}>
                {mount.destination}
              </td>
              <td className="text-fg3 text-12">{mount.readOnly ? 'read only' : 'read, write'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Source({ mount }: { mount: Mount }) {
  const text = mount.name ?? mount.source;
  const Icon = mount.type === 'volume' ? HardDrive : mount.type === 'tmpfs' ? MemoryStick : Folder;
  return (
    <span className="flex items-center gap-2 min-w-0">
      <Icon size={14} aria-hidden="true" className="shrink-0 text-fg3" />
      {mount.name ? (
        <a
          className="truncate font-medium"
          href={formatRoute({ page: 'volumes', name: mount.name })}
          {...cutTip(text)}
        >
          {mount.name}
        </a>
      ) : (
        <span className="truncate mono select-text" {...cutTip(text)}>
          {mount.type === 'tmpfs' ? 'memory only' : text}
        </span>
      )}
    </span>
  );
}
