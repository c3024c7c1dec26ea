import type { StatsSample } from '#contract';

/** An hour, at one sample every two seconds. */
const kept = 1800;

/** Columns of numbers as charts take them; times in seconds since 1970. Null where nothing was measured. */
export interface Series {
  times: number[];
  cpu: (number | null)[];
  memory: (number | null)[];
  received: (number | null)[];
  sent: (number | null)[];
  read: (number | null)[];
  written: (number | null)[];
}

/** More than this between two samples is a gap: nobody looked, or it did not run. */
const gapMs = 10_000;

const rate = (now: number, before: number, ms: number) =>
  now >= before ? ((now - before) / ms) * 1000 : null;

/** What is shown of some samples: sums become rates, gaps become holes. Samples are oldest first. */
export function seriesOf(samples: readonly StatsSample[], from: number): Series {
  const series: Series = { times: [], cpu: [], memory: [], received: [], sent: [], read: [], written: [] };
  samples.forEach((sample, index) => {
    if (sample.at < from) return;
    const before = samples[index - 1];
    const ms = before ? sample.at - before.at : 0;
    const joined = before && ms > 0 && ms < gapMs ? before : null;
    if (before && !joined && series.times.length > 0) {
      series.times.push((sample.at - 1) / 1000);
      for (const column of [
        series.cpu,
        series.memory,
        series.received,
        series.sent,
        series.read,
        series.written,
      ]) {
        column.push(null);
      }
    }
    const rateOf = (
      key: 'networkReceivedBytes' | 'networkSentBytes' | 'blockReadBytes' | 'blockWrittenBytes',
    ) => (joined ? rate(sample[key], joined[key], ms) : null);
    series.times.push(sample.at / 1000);
    series.cpu.push(sample.cpuPercent);
    series.memory.push(sample.memoryBytes);
    series.received.push(rateOf('networkReceivedBytes'));
    series.sent.push(rateOf('networkSentBytes'));
    series.read.push(rateOf('blockReadBytes'));
    series.written.push(rateOf('blockWrittenBytes'));
  });
  return series;
}

/** What was seen of each container while Gantry is open, so that coming back shows it again. */
const histories = new Map<string, StatsSample[]>();
/** Containers whose figures are kept. */
const containersKept = 20;

export function historyOf(id: string): readonly StatsSample[] {
  return histories.get(id) ?? [];
}

/** Adds a sample; gives the container's samples as a new list. */
export function remember(sample: StatsSample): readonly StatsSample[] {
  const known = histories.get(sample.id) ?? [];
  const next = [...known.slice(known.length >= kept ? 1 : 0), sample];
  histories.delete(sample.id);
  histories.set(sample.id, next);
  const oldest = histories.keys().next();
  if (histories.size > containersKept && !oldest.done) histories.delete(oldest.value);
  return next;
}
