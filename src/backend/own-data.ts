import { lstat, readdir, readlink, rm, rmdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { deleteDisk, openDisk } from '#vm/disk/disk';
import { endKeeper } from '#vm/end-keeper';
import { places } from '#vm/places';

/** A file or folder of Gantry's, with the room that it takes. */
export interface OwnPath {
  path: string;
  bytes: number;
}

/** What Gantry makes in its folder. The user may have given it a folder that has other things, too. */
const own =
  /^(?:crashes|logs|run|tools|updates|vm|window|window\.json|window-program\.json|settings(?:\..*)?\.json)$/;

/** Files of a disk are long and mostly empty: what counts is what they take. */
async function bytesOf(path: string): Promise<number> {
  // What is gone by now takes nothing.
  const entry = await lstat(path).catch(() => null);
  if (!entry?.isDirectory())
    return (process.platform === 'win32' ? entry?.size : (entry?.blocks ?? 0) * 512) ?? 0;
  const names = await readdir(path);
  const sizes = await Promise.all(names.map((name) => bytesOf(join(path, name))));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

const ownNames = async (dataFolder: string): Promise<string[]> =>
  (await readdir(dataFolder).catch((): string[] => [])).filter((name) => own.test(name));

/**
 * Everything that `deleteOwnData` deletes, but for the copies of tools, which go with their links: Gantry's folder, and
 * the VM's disk if the user moved it elsewhere.
 */
export async function ownData(dataFolder: string): Promise<OwnPath[]> {
  const names = (await ownNames(dataFolder)).filter((name) => name !== 'tools');
  const sizes = await Promise.all(names.map((name) => bytesOf(join(dataFolder, name))));
  const inside = { path: dataFolder, bytes: sizes.reduce((sum, bytes) => sum + bytes, 0) };
  const disk = await openDisk(places(dataFolder).diskRecord).catch(() => null);
  if (!disk || disk.path.startsWith(`${places(dataFolder).vm}/`)) return [inside];
  return [inside, { path: disk.path, bytes: await bytesOf(disk.path) }];
}

/** Deletes containers, volumes, settings and logs for good. Neither a window nor the VM may be running. */
export async function deleteOwnData(dataFolder: string): Promise<void> {
  await endKeeper(places(dataFolder));
  await deleteDisk(places(dataFolder).diskRecord);
  for (const name of await ownNames(dataFolder))
    await rm(join(dataFolder, name), { recursive: true, force: true, maxRetries: 5 });
  // Stays with what is not Gantry's.
  await rmdir(dataFolder).catch(() => undefined);
}

/**
 * The process of the window or the tray that is open in this folder; null when there is none, or none can be told.
 * Chromium's own lock names it, `<computer>-<process>`, on Linux and macOS.
 */
export async function windowProcess(dataFolder: string): Promise<number | null> {
  const lock = await readlink(join(dataFolder, 'window', 'SingletonLock')).catch(() => '');
  const [, computer, id] = /^(.+)-(\d+)$/.exec(lock) ?? [];
  if (computer !== hostname()) return null;
  try {
    process.kill(Number(id), 0);
    return Number(id);
  } catch {
    // It has ended without taking its lock along.
    return null;
  }
}
