const withinMs = 60_000;
const most = 3;

/** The times of crashes that still count at `now`, in ms. */
export const recentCrashes = (times: readonly number[], now: number): number[] =>
  times.filter((time) => time <= now && now - time < withinMs);

/** Whether so many crashes came one soon after the other that the next start would end in one, too. */
export const isLoop = (recent: readonly number[]): boolean => recent.length >= most;

/** Counts the crashes of one part. */
export class CrashCount {
  #times: number[] = [];

  /** Notes one. True when it is the third within a minute. */
  add(now = Date.now()): boolean {
    this.#times = [...recentCrashes(this.#times, now), now];
    return isLoop(this.#times);
  }

  /** The user wants it to be tried again. */
  forget(): void {
    this.#times = [];
  }
}
