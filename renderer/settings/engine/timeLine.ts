import type { VmDetails } from '#contract';
import { passedSteps } from '../../engine/bootSteps';

export interface TimeLineBar {
  step: string;
  title: string;
  tookMs: number;
  /** Shares of the whole: where it begins, how long it is. */
  left: number;
  width: number;
}

/** The steps as bars. The last one ends when the engine answered, and is none when it only marks that. */
export function timeLineBars(timeLine: VmDetails['timeLine'], totalMs: number | null): TimeLineBar[] {
  const end = Math.max(totalMs ?? 0, timeLine.at(-1)?.atMs ?? 0);
  const last = timeLine.at(-1);
  const passed = passedSteps(timeLine);
  const all =
    last && end > last.atMs
      ? [...passed, { step: last.step, title: last.title, tookMs: end - last.atMs }]
      : passed;
  return all.map((bar, index) => ({
    ...bar,
    left: end > 0 ? (timeLine[index]?.atMs ?? 0) / end : 0,
    width: end > 0 ? bar.tookMs / end : 0,
  }));
}
