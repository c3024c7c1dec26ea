import { classes } from './classes';
import { tip } from './tip';

export interface StackedPart {
  label: string;
  /** In the bar's unit. */
  value: number;
  /** A token such as `var(--g-data-1)`. */
  color: string;
  /** Drawn hatched: shared, or can be freed. */
  hatched?: boolean;
  /** The figure as text, for the tooltip and screen readers. */
  valueText: string;
}

/** Parts of a whole side by side, for the disk. The legend with the figures is the caller's. */
export function StackedBar({
  label,
  parts,
  total,
  height = 10,
}: {
  label: string;
  parts: readonly StackedPart[];
  /** What the full width stands for; the sum of the parts when not set. */
  total?: number;
  height?: number;
}) {
  const whole = total ?? parts.reduce((sum, part) => sum + part.value, 0);
  const text = parts.map((part) => `${part.label} ${part.valueText}`).join(', ');
  return (
    <div role="img" aria-label={`${label}: ${text}`} className="amounts flex gap-[2px]" style={{ height }}>
      {parts
        .filter((part) => part.value > 0)
        .map((part) => (
          <span
            key={part.label}
            className={classes('rounded-[2px] min-w-[3px]', part.hatched && 'hatch')}
            style={{
              width: whole > 0 ? `${(part.value / whole) * 100}%` : 0,
              background: part.hatched ? undefined : part.color,
            }}
            {...tip(`${part.label} ${part.valueText}`)}
          />
        ))}
      <span className="flex-1 rounded-[2px] bg-track" />
    </div>
  );
}
