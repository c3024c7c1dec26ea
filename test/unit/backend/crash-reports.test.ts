import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCrashReports, takeNewCrash, writeCrashReport } from '#backend/crash-reports';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'gantry-crash-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const at = (second: number) => new Date(Date.UTC(2026, 10, 27, 9, 0, second));

test('a report says when, what and why, has the log’s end, and no secret', () => {
  mkdirSync(join(home, 'logs'));
  writeFileSync(join(home, 'logs', 'gantry.log'), '{"msg":"the last word"}\n{"msg":"password=hunter2"}\n');
  const path = writeCrashReport(home, { part: 'main', why: `Error: oops\n at ${homedir()}/x.js` }, at(1));
  const text = readFileSync(path ?? '', 'utf8');
  expect(text).toContain('2026-11-27T09:00:01.000Z');
  expect(text).toMatch(/^Version {3}\d/m);
  expect(text).toContain('Error: oops');
  expect(text).toContain('the last word');
  expect(text).not.toContain('hunter2');
  expect(text).not.toContain(`${homedir()}/x.js`);
  expect(statSync(path ?? '').mode & 0o777).toBe(0o600);
});

test('the newest ten are kept, and read with the newest first', async () => {
  for (let second = 0; second < 12; second += 1) {
    writeCrashReport(home, { part: second % 2 ? 'page' : 'backend', why: `number ${second}` }, at(second));
  }
  const reports = await readCrashReports(home);
  expect(reports.map((report) => report.at)).toEqual(
    [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((second) => at(second).getTime()),
  );
  expect(reports[0]).toMatchObject({ part: 'page', text: expect.stringContaining('number 11') });
});

test('each crash is told once', async () => {
  expect(await takeNewCrash(home)).toBeNull();
  writeCrashReport(home, { part: 'page', why: 'first' }, at(1));
  expect(await takeNewCrash(home)).toMatchObject({ part: 'page' });
  expect(await takeNewCrash(home)).toBeNull();
  writeCrashReport(home, { part: 'backend', why: 'second' }, at(2));
  expect(await takeNewCrash(home)).toMatchObject({ part: 'backend' });
  expect(await takeNewCrash(home)).toBeNull();
});

test('files of another kind are no reports', async () => {
  writeCrashReport(home, { part: 'page', why: 'x' }, at(1));
  writeFileSync(join(home, 'crashes', 'notes.txt'), 'mine');
  expect(await readCrashReports(home)).toHaveLength(1);
  expect(readdirSync(join(home, 'crashes'))).toContain('notes.txt');
});

test('where none can be written, there is none, and nothing is thrown', () => {
  writeFileSync(join(home, 'crashes'), 'a file where the folder should be');
  expect(writeCrashReport(home, { part: 'page', why: 'x' })).toBeNull();
});
