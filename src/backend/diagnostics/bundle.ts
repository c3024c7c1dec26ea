import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import type { ReportFile } from '#contract';
import { ProblemError } from '#contract/problem';

const badFolder = (folder: string, why: string) =>
  new ProblemError({
    code: 'report-folder',
    title: 'The report cannot be saved there',
    explanation: `${folder === '' ? 'No folder was named' : folder}: ${why} Name another folder.`,
    actions: [],
  });

/** 2026-11-27-0913 */
const stamp = (now: Date) => now.toISOString().slice(0, 16).replace('T', '-').replace(':', '');

/** Writes the files into a new archive, for this user alone, and gives its path. @throws ProblemError `report-folder` */
export async function saveBundle(
  files: readonly ReportFile[],
  folder: string,
  now = new Date(),
): Promise<string> {
  if (folder.includes('\0') || !isAbsolute(folder)) throw badFolder(folder, 'It has to be a full path.');
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw badFolder(folder, 'There is no such folder.');
  const name = `gantry-report-${stamp(now)}`;
  for (let turn = 1; ; turn += 1) {
    const path = join(folder, `${name}${turn > 1 ? `-${turn}` : ''}.tar.gz`);
    try {
      await write(path, name, files, now);
      return path;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (code === 'EEXIST' && turn < 100) continue;
      throw badFolder(folder, `The system says ${code || error}.`);
    }
  }
}

async function write(path: string, name: string, files: readonly ReportFile[], now: Date): Promise<void> {
  const archive = pack();
  const target = createWriteStream(path, { mode: 0o600, flags: 'wx' });
  for (const file of files)
    archive.entry({ name: `${name}/${file.name}`, mtime: now, mode: 0o600 }, file.text);
  archive.finalize();
  try {
    await pipeline(archive, createGzip(), target);
  } catch (error) {
    // A file that was there before is not this one's to delete.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
      await rm(path, { force: true });
    throw error;
  }
}
