import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { ContainerDetails } from '#contract';
import { IconButton } from '#ui/IconButton';
import { masked } from '../../../inspect/secrets';
import { cutTip } from '../../../ui/tip';
import { Card } from '../Card';

type Variable = ContainerDetails['env'][number];

export function VariablesCard({ variables }: { variables: Variable[] }) {
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  if (variables.length === 0) return null;
  // What was set for this container first; what comes with its image is seldom what is looked for.
  const sorted = [...variables].sort((a, b) => Number(a.fromImage) - Number(b.fromImage));
  const toggle = (name: string) => {
    const next = new Set(shown);
    if (!next.delete(name)) next.add(name);
    setShown(next);
  };
  return (
    <Card title="Variables" term="variable" end="secrets are masked" flush>
      <table className="tbl inset" style={{ '--g-row': '31px' } as React.CSSProperties}>
        <colgroup>
          <col style={{ width: '36%' }} />
          <col />
          <col style={{ width: 92 }} />
          <col style={{ width: 44 }} />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th>Name</th>
            <th>Value</th>
            <th>From</th>
            <th>Show</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ name, value, fromImage }) => {
            const safe = masked(name, value);
            const open = shown.has(name);
            const text = open ? value : safe;
            return (
              <tr key={name}>
                <td className="mono truncate select-text" {...cutTip(name)}>
                  {name}
                </td>
                <td className="mono text-fg2 truncate select-text" {...cutTip(text.slice(0, 2000))}>
                  <bdi>{text.slice(0, 2000)}</bdi>
                </td>
                <td className="text-12 text-fg3">{fromImage ? 'the image' : ''}</td>
                <td className="!px-1">
                  {safe !== value && (
                    <IconButton
                      size="sm"
                      aria-label={`${open ? 'Hide' : 'Show'} ${name}`}
                      onPress={() => toggle(name)}
                    >
                      {open ? <EyeOff size={14} /> : <Eye size={14} />}
                    </IconButton>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}
