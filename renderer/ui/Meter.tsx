import { classes } from './classes';

/** From here a meter warns, and from here it is in danger. */
const WARN = 0.8;
const DANGER = 0.95;

interface TicksProps {
  /** 0 to 1. */
  fraction: number;
  ticks: number;
  height: number;
  color: string;
}

/** Rail marks, the signature of the design. */
function Ticks({ fraction, ticks, height, color }: TicksProps) {
  const lit = fraction <= 0 ? 0 : Math.max(1, Math.round(Math.min(1, fraction) * ticks));
  return (
    <span className="ticks" style={{ height }}>
      {Array.from({ length: ticks }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tick is its position
        <i key={index} style={index < lit ? { background: color } : undefined} />
      ))}
    </span>
  );
}

function meterColor(fraction: number): string {
  if (fraction >= DANGER) return 'var(--g-danger)';
  return fraction >= WARN ? 'var(--g-warn)' : 'var(--g-accent)';
}

/** A level in ticks. Its figure belongs right beside it; `valueText` is that figure for screen readers. */
export function Meter({
  label,
  fraction,
  valueText,
  ticks = 20,
  height = 8,
  share,
  className,
}: {
  label: string;
  /** 0 to 1. */
  fraction: number;
  valueText: string;
  ticks?: number;
  height?: number;
  /** A part that was given, not a load: nothing to warn of when it is all. */
  share?: boolean;
  className?: string;
}) {
  const percent = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <span
      role="meter"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={valueText}
      className={classes('flex flex-1 min-w-0', className)}
    >
      <Ticks
        fraction={fraction}
        ticks={ticks}
        height={height}
        color={share ? 'var(--g-accent)' : meterColor(fraction)}
      />
    </span>
  );
}

/** Progress in ticks. With no fraction the length is unknown: show a Spinner and the elapsed time instead. */
export function Progress({
  label,
  fraction,
  valueText,
  ticks = 46,
  height = 8,
  tone = 'accent',
}: {
  label: string;
  /** 0 to 1. */
  fraction: number;
  valueText?: string;
  ticks?: number;
  height?: number;
  tone?: 'accent' | 'danger';
}) {
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.round(Math.min(1, Math.max(0, fraction)) * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={valueText}
      className="flex flex-1 min-w-0"
    >
      <Ticks
        fraction={fraction}
        ticks={ticks}
        height={height}
        color={tone === 'danger' ? 'var(--g-danger)' : 'var(--g-accent)'}
      />
    </span>
  );
}
