const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes as people read them, in powers of 1000 like the docker CLI: 412 MB, 3.1 GB. */
export function formatBytes(bytes: number): string {
  const [figure, unit] = scaleBytes(bytes);
  return `${figure} ${unit}`;
}

/** Figure and unit apart, for large figures with a small unit beside them. */
export function scaleBytes(bytes: number): [figure: string, unit: (typeof UNITS)[number]] {
  let value = Math.max(0, bytes);
  let step = 0;
  // 999.5 would be shown as "1000", so the next unit begins there.
  while (value >= 999.5 && step < UNITS.length - 1) {
    value /= 1000;
    step++;
  }
  const digits = step > 1 && value < 9.95 && !isWhole(value) ? 1 : 0;
  return [value.toFixed(digits), UNITS[step] ?? 'B'];
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 0.05;
}

/** Memory as limits are given (`--memory 256m`): the same units in powers of 1024. */
export function formatMemory(bytes: number): string {
  const [figure, unit] = scaleMemory(bytes);
  return `${figure} ${unit}`;
}

/** Figure and unit of an amount of memory. */
export function scaleMemory(bytes: number): [figure: string, unit: (typeof UNITS)[number]] {
  const step = Math.max(0, Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  return scaleBytes((Math.max(0, bytes) / 1024 ** step) * 1000 ** step);
}

/** Bytes per second: "2.4 MB/s". */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** 0.314 is "31%"; above one core 2.5 is "250%". Values that are not zero never read "0%". */
export function formatPercent(fraction: number): string {
  const percent = fraction * 100;
  if (percent > 0 && percent < 0.5) return '<1%';
  return `${Math.round(percent)}%`;
}

/** A count with thin grouping as in the design: 4 284, 12 040. */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** Large counts cut short: 1.2 billion, 34 million, 9 100. */
export function formatLargeCount(count: number): string {
  if (count >= 999_500_000) return `${oneDigit(count / 1e9)} billion`;
  if (count >= 999_500) return `${oneDigit(count / 1e6)} million`;
  return formatCount(count);
}

function oneDigit(value: number): string {
  return value >= 9.95 || isWhole(value) ? String(Math.round(value)) : value.toFixed(1);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One unit, rounded down: "12 s", "20 min", "3 h", "5 days", "4 months", "2 years". Takes milliseconds. */
export function formatDuration(ms: number): string {
  const span = Math.max(0, ms);
  if (span < MINUTE) return `${Math.floor(span / SECOND)} s`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`;
  if (span < DAY) return `${Math.floor(span / HOUR)} h`;
  return formatDays(Math.floor(span / DAY));
}

function formatDays(days: number): string {
  if (days < 60) return plural(days, 'day');
  if (days < 730) return plural(Math.floor(days / 30.44), 'month');
  return plural(Math.floor(days / 365), 'year');
}

/** Two units where the second matters: "3 h 12 min", "1 min 4 s". Takes milliseconds. */
export function formatLongDuration(ms: number): string {
  const span = Math.max(0, ms);
  if (span < MINUTE || span >= 2 * DAY) return formatDuration(span);
  const [big, small] = span < HOUR ? [MINUTE, SECOND] : span < DAY ? [HOUR, MINUTE] : [DAY, HOUR];
  const rest = Math.floor((span % big) / small) * small;
  return rest === 0 ? formatDuration(span) : `${formatDuration(span)} ${formatDuration(rest)}`;
}

/** A running clock for tasks: "0:38", "12:05", "1:02:09". Takes milliseconds. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** "2 h ago" up to a week, the date after that. `at` is a Date, an ISO string or epoch milliseconds. */
export function formatAgo(at: Date | string | number, now: number = Date.now()): string {
  const then = new Date(at).getTime();
  if (Number.isNaN(then)) return 'unknown';
  const span = now - then;
  if (span < 5 * SECOND) return 'just now';
  if (span < 7 * DAY) return `${formatDuration(span)} ago`;
  return formatDate(then, now);
}

const dateThisYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dateOtherYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** "3 Mar", with the year when it is not this one. */
export function formatDate(at: Date | string | number, now: number = Date.now()): string {
  const then = new Date(at);
  if (Number.isNaN(then.getTime())) return 'unknown';
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dateThisYear : dateOtherYear).format(then);
}

/** The exact local time, for tooltips. */
export function formatExact(at: Date | string | number): string {
  const then = new Date(at);
  return Number.isNaN(then.getTime()) ? 'unknown' : exact.format(then);
}

/** "1 container", "3 containers"; `many` for words that do not just take an s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** The first twelve characters of an ID or digest, as the docker CLI prints them. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12);
}

/** Cuts the middle out of a name, because its ends tell names apart. */
export function cutMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = max - 1;
  const head = Math.ceil(kept / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
}
