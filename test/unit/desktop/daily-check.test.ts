import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Updates } from '#desktop/updates/updates';

const second = 1000;
const hour = 3600 * second;
/** The window and the backend come first. */
const afterStart = 20 * second;

let folder: string;
let online: boolean;
/** When the feed was asked, in ms since the test began. */
let asked: number[];
let began: number;
let told: number;
let updates: Updates;

/** On a server that cannot be reached: how often it is asked is all that matters here. */
function open(): Updates {
  return new Updates({
    config: {
      feed: 'https://updates.example/',
      publicKey: '',
      way: 'deb',
      file: join(folder, 'app-update.yml'),
    },
    version: '0.1.0',
    folder,
    fetch: () => {
      asked.push(Date.now() - began);
      return Promise.reject(new Error('nobody is there'));
    },
    isOnline: () => online,
    load: () => import('#desktop/updates/updater'),
    onDaily: () => {
      told += 1;
    },
    onInstalled: () => undefined,
  });
}

/** Until no check is under way, and what follows one is done; in real time, of which the others know nothing. */
async function settled(): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve));
  while (updates.state.now.phase === 'checking');
}

/** Lets time go by for timers, and what they begin come to its end. */
async function pass(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  await settled();
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gantry-daily-'));
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  began = Date.now();
  asked = [];
  told = 0;
  online = true;
  updates = open();
});
afterEach(() => {
  updates.close();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

test('nobody is asked, and no timer runs, until the settings say so', async () => {
  updates.setMode('off');
  expect(vi.getTimerCount()).toBe(0);
  await pass(100 * hour);
  expect(asked).toEqual([]);
});

test('the first check comes a little after the start, and then one each 24 hours', async () => {
  updates.setMode('tell');
  await pass(afterStart - 1);
  expect(asked).toEqual([]);
  await pass(1);
  for (let day = 1; day <= 3; day += 1) {
    await pass(24 * hour - 1);
    expect(asked).toHaveLength(day);
    await pass(1);
  }
  expect(asked).toEqual([0, 1, 2, 3].map((day) => afterStart + day * 24 * hour));
  expect(told).toBe(4);
  expect(vi.getTimerCount()).toBe(1);
});

test('the 24 hours are counted from the last check, by whom and in which run it may have been', async () => {
  await updates.order('check');
  expect(asked).toEqual([0]);
  updates.close();
  await pass(10 * hour);
  updates = open();
  updates.setMode('download');
  await pass(14 * hour - 1);
  expect(asked).toEqual([0]);
  await pass(1);
  expect(asked).toEqual([0, 24 * hour]);
  // Of a check that the user orders, too.
  await pass(5 * hour);
  await updates.order('check');
  await pass(24 * hour - 1);
  expect(asked).toEqual([0, 24 * hour, 29 * hour]);
  await pass(1);
  expect(asked).toHaveLength(4);
});

test('a computer that slept over it checks once, soon after it wakes', async () => {
  updates.setMode('tell');
  await pass(afterStart);
  await pass(hour);
  // Timers stand still while a computer sleeps, its clock does not.
  vi.setSystemTime(Date.now() + 72 * hour);
  updates.wake();
  await pass(afterStart - 1);
  expect(asked).toHaveLength(1);
  await pass(1);
  expect(asked).toHaveLength(2);
  await pass(24 * hour - 1);
  expect(asked).toHaveLength(2);
  // A short sleep puts nothing forward.
  updates.wake();
  await pass(1);
  expect(asked).toHaveLength(2);
  await pass(afterStart);
  expect(asked).toHaveLength(3);
});

test('switched off while it waits, it asks nobody, and switched on again it knows when it asked', async () => {
  updates.setMode('tell');
  await pass(afterStart);
  await pass(12 * hour);
  updates.setMode('off');
  expect(vi.getTimerCount()).toBe(0);
  await pass(6 * hour);
  updates.setMode('tell');
  await pass(6 * hour - 1);
  expect(asked).toHaveLength(1);
  await pass(1);
  expect(asked).toHaveLength(2);
});

test('without a network it waits an hour, and asks nobody', async () => {
  online = false;
  updates.setMode('tell');
  await pass(afterStart);
  await pass(5 * hour);
  expect(asked).toEqual([]);
  expect(updates.state).toMatchObject({ checkedAt: null, now: { phase: 'idle' } });
  online = true;
  await pass(hour);
  expect(asked).toEqual([afterStart + 6 * hour]);
});

test('a clock that was set back by years puts the check off by a day at most', async () => {
  updates.setMode('tell');
  await pass(afterStart);
  vi.setSystemTime(Date.now() - 5 * 365 * 24 * hour);
  updates.wake();
  await pass(24 * hour - 1);
  expect(asked).toHaveLength(1);
  await pass(1);
  expect(asked).toHaveLength(2);
});

test('a file that says of itself that it is from the future is not believed', async () => {
  await updates.order('check');
  writeFileSync(join(folder, 'updates', 'last-check.json'), JSON.stringify({ at: Date.now() + 1000 * hour }));
  updates = open();
  updates.setMode('tell');
  await pass(afterStart);
  expect(asked).toHaveLength(2);
});

test('its end ends the timer and a check that is under way, and tells nobody', async () => {
  updates.setMode('tell');
  vi.advanceTimersByTime(afterStart);
  expect(updates.state.now.phase).toBe('checking');
  updates.close();
  await settled();
  expect(told).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
  await pass(48 * hour);
  updates.wake();
  expect(vi.getTimerCount()).toBe(0);
});
