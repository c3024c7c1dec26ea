import type { ReactNode } from 'react';
import { classes } from './classes';

export interface KeyValue {
  label: string;
  /** The explanation of the label's word. */
  term?: ReactNode;
  value: ReactNode;
  /** What the engine says (IDs, paths, commands) is set in the mono face. */
  mono?: boolean;
}

/** Labels left, values right of them; text can be selected. */
export function KeyValueList({
  items,
  labelWidth = 132,
}: {
  items: readonly KeyValue[];
  labelWidth?: number;
}) {
  return (
    <dl className="grid gap-x-4 gap-y-2" style={{ gridTemplateColumns: `${labelWidth}px minmax(0, 1fr)` }}>
      {items.map((item) => (
        <div className="contents" key={item.label}>
          <dt className="text-fg3 flex items-center self-start">
            {item.label}
            {item.term}
          </dt>
          <dd className={classes('min-w-0 select-text wrap-anywhere', item.mono && 'mono')}>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
