import type { ReactNode } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { classes } from './classes';
import { tip } from './tip';

export interface Segment<V extends string> {
  value: V;
  label: string;
  icon?: ReactNode;
  /** Shown behind the label: "Running 5". */
  count?: number;
  tooltip?: string;
}

/** A few choices side by side, one of them on. */
export function SegmentedControl<V extends string>({
  label,
  value,
  onChange,
  segments,
  size = 'md',
}: {
  label: string;
  value: V;
  onChange: (value: V) => void;
  segments: readonly Segment<V>[];
  size?: 'sm' | 'md';
}) {
  return (
    <RadioGroup
      aria-label={label}
      orientation="horizontal"
      className={classes('seg', size === 'sm' && 'seg-sm')}
      value={value}
      onChange={(next) => {
        const chosen = segments.find((segment) => segment.value === next);
        if (chosen) onChange(chosen.value);
      }}
    >
      {segments.map((segment) => (
        <Radio
          key={segment.value}
          value={segment.value}
          className={({ isSelected }) => (isSelected ? 'on' : '')}
          {...tip(segment.tooltip)}
        >
          {segment.icon}
          {segment.label}
          {segment.count !== undefined && <span className="n">{segment.count}</span>}
        </Radio>
      ))}
    </RadioGroup>
  );
}
