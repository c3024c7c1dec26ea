import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type Dockerode from 'dockerode';
import { ProblemError } from '#contract/problem';
import { toProblem } from './problems';

/** Where the volume is mounted in the container that is made for the export, and never started. */
const place = '/volume';

/**
 * Saves a volume's content as a tar file, owners and modes included. The file appears under its name when it is whole.
 * @param image any image of the engine: the container only lends the mount
 * @throws ProblemError
 */
export async function exportVolume(
  docker: Dockerode,
  { volume, image, file, signal }: { volume: string; image: string; file: string; signal: AbortSignal },
): Promise<void> {
  const temporary = `${file}.part`;
  try {
    const container = await docker.createContainer({
      Image: image,
      Cmd: ['true'],
      HostConfig: { Mounts: [{ Type: 'volume', Source: volume, Target: place, ReadOnly: true }] },
    });
    try {
      const archive = await container.getArchive({ path: `${place}/.`, abortSignal: signal });
      await pipeline(archive, createWriteStream(temporary, { mode: 0o600, flags: 'wx' }), { signal });
      await rename(temporary, file);
    } finally {
      await container.remove({ force: true });
    }
  } catch (error) {
    await rm(temporary, { force: true });
    throw new ProblemError(toProblem(error, { doing: `export the volume ${volume}`, name: volume }));
  }
}
