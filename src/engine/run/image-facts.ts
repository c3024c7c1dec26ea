import type Dockerode from 'dockerode';
import { z } from 'zod';
import { ask, isMissing } from '../ask';

const list = z
  .array(z.string())
  .nullish()
  .transform((items) => items ?? []);
const keys = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((items) => Object.keys(items ?? {}));

const inspected = z.object({
  RepoTags: list,
  Architecture: z.string().default(''),
  Variant: z.string().default(''),
  Os: z.string().default(''),
  Size: z.number(),
  Config: z
    .object({ Env: list, Cmd: list, Entrypoint: list, ExposedPorts: keys, Volumes: keys })
    .nullish()
    .transform((config) => config ?? { Env: [], Cmd: [], Entrypoint: [], ExposedPorts: [], Volumes: [] }),
});
export type ImageFacts = z.infer<typeof inspected>;

/**
 * What an image on the engine says of itself; null when the engine does not have it.
 * @throws docker-modem's error
 */
export async function imageFacts(
  docker: Dockerode,
  reference: string,
  signal: AbortSignal,
): Promise<ImageFacts | null> {
  try {
    // Slashes of a name belong to the path: the engine matches `/images/{name:.*}/json`.
    const path = `/images/${reference.split('/').map(encodeURIComponent).join('/')}/json`;
    return await ask(docker, { path, answer: inspected, signal });
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
