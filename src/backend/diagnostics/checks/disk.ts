import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import { ask } from '#engine/ask';
import type { CheckContext } from '../check';
import { type Check, failed, hasEngine, inBytes, ok, tryAgain, usesVm, warning } from '../check';

const noticeBytes = 5e9;
const fullBytes = 1e9;

const info = z.object({ DockerRootDir: z.string() });

/** Of the file system there; null where there is none, or it cannot be asked. */
const freeBytes = (path: string): Promise<number | null> =>
  statfs(path).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );

/** Where an engine on this computer, outside of a VM, keeps its images. */
async function engineFolder(context: CheckContext, signal: AbortSignal): Promise<string | null> {
  const { engine } = context.services;
  if (context.platform !== 'linux' || !(await hasEngine(context, signal))) return null;
  if (usesVm(context) || !engine.state().endpoint?.host.startsWith('unix://')) return null;
  return (await ask(engine.docker(), { path: '/info', answer: info, signal })).DockerRootDir;
}

/** Whether home folder, Gantry's folder and the engine have room. */
export const disk: Check = {
  id: 'disk',
  title: 'Disk space',
  async run(context, signal) {
    const { dataFolder, settings } = context.services;
    const engine = await engineFolder(context, signal).catch(() => null);
    const places = [
      { what: 'your home folder', path: context.home },
      { what: 'Gantry’s folder', path: settings.now.vm.diskFolder ?? dataFolder },
      ...(engine ? [{ what: 'the engine’s images', path: engine }] : []),
    ];
    const rooms = [];
    for (const place of places) {
      const bytes = await freeBytes(place.path);
      if (bytes !== null) rooms.push({ ...place, bytes });
    }
    const least = rooms.toSorted((a, b) => a.bytes - b.bytes)[0];
    return least
      ? judgeRoom(least)
      : warning('Free room cannot be read', 'The system does not tell it.', tryAgain);
  },
};

export function judgeRoom({ what, path, bytes }: { what: string; path: string; bytes: number }) {
  if (bytes >= noticeBytes) return ok(`${inBytes(bytes)} free`, path);
  const why = `That is the disk of ${what} (${path}). Pulls fail and databases can break when it is full. Delete images that nothing uses, or make room elsewhere.`;
  const fix = { kind: 'open', label: 'Open images', page: 'images' } as const;
  return (bytes < fullBytes ? failed : warning)(`Only ${inBytes(bytes)} are free`, why, fix);
}
