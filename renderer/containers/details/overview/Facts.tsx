import type { ReactNode } from 'react';

/** Labels and what they say, in a card. Rows whose value is null are left out. */
export function Facts({
  rows,
  labelWidth = 84,
}: {
  rows: [label: string, value: ReactNode][];
  labelWidth?: number;
}) {
  return (
    <dl className="grid gap-y-1.5 text-12" style={{ gridTemplateColumns: `${labelWidth}px minmax(0, 1fr)` }}>
      {rows
        .filter(([, value]) => value !== null)
        .map(([label, value]) => (
          <div className="contents" key={label}>
            <dt className="text-fg3">{label}</dt>
            <dd className="min-w-0 select-text wrap-anywhere">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
