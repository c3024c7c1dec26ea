import type { VmDetails } from '#contract';

type TimeLine = VmDetails['timeLine'];

export interface PassedStep {
  step: string;
  title: string;
  tookMs: number;
}

/** Steps of a start that are done, each with how long it took. The last one is done when another has begun. */
export function passedSteps(timeLine: TimeLine, now?: string): PassedStep[] {
  const end = now === undefined ? -1 : timeLine.findIndex(({ step }) => step === now);
  const begun = end === -1 ? timeLine : timeLine.slice(0, end + 1);
  return begun.slice(0, -1).map(({ step, title, atMs }, index) => ({
    step,
    title,
    tookMs: Math.max(0, (begun[index + 1]?.atMs ?? atMs) - atMs),
  }));
}
