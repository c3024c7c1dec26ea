import type { VmDetails } from '#contract';
import { formatCount } from '../../ui/format';
import { timeLineBars } from './timeLine';

/** The steps of the last start on a shared axis of time. */
export function BootTimeLine({
  timeLine,
  totalMs,
}: {
  timeLine: VmDetails['timeLine'];
  /** Until the engine's answer; null when it never came. */
  totalMs: number | null;
}) {
  return (
    <ol className="mt-2 grid gap-1.5" aria-label="Steps of the last start">
      {timeLineBars(timeLine, totalMs).map(({ step, title, tookMs, left, width }) => (
        <li
          key={step}
          className="grid grid-cols-[190px_minmax(0,1fr)_76px] max-[1039px]:grid-cols-[150px_minmax(0,1fr)_76px] gap-3 items-center text-12"
        >
          <span className="truncate text-fg2">{title}</span>
          <span className="relative h-2 rounded-[2px] bg-track" aria-hidden="true">
            <span
              className="absolute inset-y-0 rounded-[2px] bg-accent"
              style={{ left: `${left * 100}%`, width: `max(2px, ${width * 100}%)` }}
            />
          </span>
          <span className="text-right num text-fg3">{formatCount(tookMs)} ms</span>
        </li>
      ))}
    </ol>
  );
}
