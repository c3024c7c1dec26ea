import type Dockerode from 'dockerode';
import { z } from 'zod';
import { ProblemError } from '#contract/problem';
import { toProblem } from './problems';

const answer = z.object({ Titles: z.array(z.string()), Processes: z.array(z.array(z.string())).nullable() });

/** The processes of a running container, as `docker top` prints them. */
export async function listProcesses(
  docker: Dockerode,
  id: string,
  signal?: AbortSignal,
): Promise<{ titles: string[]; rows: string[][] }> {
  try {
    const { Titles, Processes } = answer.parse(await docker.getContainer(id).top({ abortSignal: signal }));
    return { titles: Titles, rows: Processes ?? [] };
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: 'list the processes', id }));
  }
}
