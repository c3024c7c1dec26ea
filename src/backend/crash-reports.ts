import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { arch, homedir, hostname, release, userInfo } from 'node:os';
import { join } from 'node:path';
import type { CrashedPart, CrashReport } from '#contract';
import { writeAtomically } from './atomic-file';
import { Redaction } from './diagnostics/redact';
import { version } from './version';

export interface Crash {
  part: CrashedPart;
  /** The stack of what was thrown, or how the system says that the process ended. */
  why: string;
}

const kept = 10;
const logLines = 100;

const partNames: Record<CrashedPart, string> = {
  page: 'the window’s page',
  backend: 'the background process',
  main: 'Gantry itself',
};

const folderOf = (dataFolder: string) => join(dataFolder, 'crashes');
/** Has the name of the newest report that the user was told of. */
const toldFile = (dataFolder: string) => join(folderOf(dataFolder), 'told');

/** 2026-11-27T09-13-05-123Z-page.txt: sorted by name is sorted by time, also where colons are not allowed. */
const nameOf = (at: Date, part: CrashedPart) => `${at.toISOString().replace(/[:.]/g, '-')}-${part}.txt`;
const namePattern = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-(page|backend|main)\.txt$/;

function readName(name: string): Pick<CrashReport, 'at' | 'part'> | null {
  const [, day, hour, minute, second, ms, part] = namePattern.exec(name) ?? [];
  if (part !== 'page' && part !== 'backend' && part !== 'main') return null;
  return { at: Date.parse(`${day}T${hour}:${minute}:${second}.${ms}Z`), part };
}

/** Names of reports, the newest first. */
const newestFirst = (names: readonly string[]) =>
  names
    .filter((name) => readName(name) !== null)
    .sort()
    .reverse();

function lastLogLines(dataFolder: string): string {
  try {
    const log = readFileSync(join(dataFolder, 'logs', 'gantry.log'), 'utf8').trimEnd();
    return log.split('\n').slice(-logLines).join('\n');
  } catch {
    return 'There is none.';
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the system's list, as in some containers.
    return '';
  }
}

function textOf({ part, why }: Crash, at: Date, dataFolder: string): string {
  const { electron, node } = process.versions;
  const text = `Gantry crashed
Time      ${at.toISOString()}
Version   ${version}
Platform  ${process.platform} ${release()}, ${arch()}, ${electron ? `Electron ${electron}` : `Node ${node}`}
Part      ${partNames[part]}

Why
${why}

Last lines of Gantry’s log
${lastLogLines(dataFolder)}
`;
  return new Redaction({ userName: userName(), home: homedir(), hostNames: [hostname()] }).text(text);
}

/**
 * Writes a report of a crash, for this user alone, and deletes all but the newest ten. At once, as the process may have
 * no later. Gives the report's path; null when it could not be written, as on a full disk.
 */
export function writeCrashReport(dataFolder: string, crash: Crash, at = new Date()): string | null {
  const folder = folderOf(dataFolder);
  const path = join(folder, nameOf(at, crash.part));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeWhole(path, textOf(crash, at, dataFolder));
    for (const old of newestFirst(readdirSync(folder)).slice(kept)) rmSync(join(folder, old));
    return path;
  } catch (error) {
    console.error('The report of a crash could not be written:', error);
    return null;
  }
}

/** On a full disk a part of it would be left otherwise. */
function writeWhole(path: string, text: string): void {
  const temporary = `${path}.new`;
  try {
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

const namesIn = async (dataFolder: string): Promise<string[]> =>
  newestFirst(await readdir(folderOf(dataFolder)).catch(() => []));

async function read(dataFolder: string, name: string): Promise<CrashReport[]> {
  const known = readName(name);
  // Another crash may have pushed it out.
  const text = await readFile(join(folderOf(dataFolder), name), 'utf8').catch(() => null);
  return known && text !== null ? [{ ...known, text }] : [];
}

/** All reports, the newest first. */
export async function readCrashReports(dataFolder: string): Promise<CrashReport[]> {
  const names = await namesIn(dataFolder);
  return (await Promise.all(names.map((name) => read(dataFolder, name)))).flat();
}

/** The newest report that this was not yet called for; null when there is none. */
export async function takeNewCrash(dataFolder: string): Promise<CrashReport | null> {
  const [newest] = await namesIn(dataFolder);
  if (newest === undefined) return null;
  const told = await readFile(toldFile(dataFolder), 'utf8').catch(() => '');
  if (newest <= told) return null;
  // Where that cannot be kept, the user is told again, which does no harm.
  await writeAtomically(toldFile(dataFolder), newest).catch(() => undefined);
  return (await read(dataFolder, newest))[0] ?? null;
}
