import { describe, expect, it } from 'vitest';
import {
  cutMiddle,
  formatAgo,
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatLargeCount,
  formatLongDuration,
  formatPercent,
  plural,
  shortId,
} from '../../../../renderer/ui/format';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [412_000_000, '412 MB'],
    [3_140_000_000, '3.1 GB'],
    [8_000_000_000, '8 GB'],
    [9_960_000_000, '10 GB'],
    [999_600_000, '1 GB'],
    [-5, '0 B'],
  ])('%d reads %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('percent', () => {
  it.each([
    [0, '0%'],
    [0.001, '<1%'],
    [0.314, '31%'],
    [2.5, '250%'],
  ])('%d reads %s', (fraction, text) => expect(formatPercent(fraction)).toBe(text));
});

describe('durations', () => {
  it.each([
    [12_400, '12 s'],
    [20 * MINUTE, '20 min'],
    [3 * HOUR + 59 * MINUTE, '3 h'],
    [DAY, '1 day'],
    [5 * DAY, '5 days'],
    [130 * DAY, '4 months'],
    [6 * 365.25 * DAY, '6 years'],
  ])('%d ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('has two units where the second matters', () => {
    expect(formatLongDuration(3 * HOUR + 12 * MINUTE)).toBe('3 h 12 min');
    expect(formatLongDuration(3 * HOUR)).toBe('3 h');
    expect(formatLongDuration(64_000)).toBe('1 min 4 s');
    expect(formatLongDuration(5 * DAY + 2 * HOUR)).toBe('5 days');
  });

  it('reads like a clock', () => {
    expect(formatClock(38_000)).toBe('0:38');
    expect(formatClock(HOUR + 2 * MINUTE + 9000)).toBe('1:02:09');
  });
});

describe('points in time', () => {
  const now = new Date(2026, 2, 20, 12).getTime();
  it('is relative up to a week', () => {
    expect(formatAgo(now - 2000, now)).toBe('just now');
    expect(formatAgo(now - 2 * HOUR, now)).toBe('2 h ago');
    expect(formatAgo(new Date(now - 6 * DAY), now)).toBe('6 days ago');
  });
  it('is a date after that, with the year when it is another one', () => {
    expect(formatAgo(new Date(2026, 2, 3).getTime(), now)).toBe('3 Mar');
    expect(formatAgo(new Date(2019, 2, 3).getTime(), now)).toBe('3 Mar 2019');
  });
  it('says so when the engine sent nonsense', () => {
    expect(formatAgo('not a date', now)).toBe('unknown');
  });
});

describe('counts and names', () => {
  it('groups digits and cuts large counts', () => {
    expect(formatCount(4284)).toBe('4\u2009284');
    expect(formatLargeCount(1_210_000_000)).toBe('1.2 billion');
    expect(formatLargeCount(34_000_000)).toBe('34 million');
    expect(formatLargeCount(9100)).toBe('9\u2009100');
  });
  it('agrees in number', () => {
    expect(plural(1, 'container')).toBe('1 container');
    expect(plural(3, 'registry', 'registries')).toBe('3 registries');
  });
  it('shortens IDs and the middle of names', () => {
    expect(shortId('sha256:0123456789abcdef')).toBe('0123456789ab');
    expect(cutMiddle('storefront-api-worker-1', 11)).toBe('store…ker-1');
    expect(cutMiddle('web-1', 11)).toBe('web-1');
  });
});
