import type Dockerode from 'dockerode';
import { z } from 'zod';
import { ask } from './ask';

const found = z.array(
  z.object({
    name: z.string(),
    description: z.string().catch(''),
    is_official: z.boolean().catch(false),
    star_count: z.number().catch(0),
  }),
);

/** Lets the engine search Docker Hub. */
export async function searchImages(docker: Dockerode, term: string, signal: AbortSignal) {
  const results = await ask(docker, {
    path: '/images/search',
    query: { term, limit: 50 },
    answer: found,
    signal,
  });
  return results.map(({ name, description, is_official: isOfficial, star_count: stars }) => ({
    name,
    description,
    isOfficial,
    stars,
  }));
}
