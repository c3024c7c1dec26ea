import type Dockerode from 'dockerode';
import { z } from 'zod';
import type { RunSpec } from '#contract';
import { containerBody } from './container-body';

const answer = z.object({ Id: z.string() });

/**
 * Creates a container of this body. Not by dockerode's createContainer, which puts the whole body, secrets and all,
 * into the address too.
 * @returns its id
 * @throws docker-modem's error
 */
export function postForId(
  docker: Dockerode,
  query: { name?: string; platform?: string },
  body: object,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        path: '/containers/create?',
        method: 'POST',
        options: { _query: query, _body: body },
        abortSignal: signal,
        statusCodes: { 200: true, 201: true },
      },
      (error: unknown, said: unknown) => {
        if (error) return reject(error);
        const parsed = answer.safeParse(said);
        if (parsed.success) resolve(parsed.data.Id);
        else reject(new Error('The engine did not name the new container', { cause: parsed.error }));
      },
    );
  });
}

/**
 * Creates the container of a run.
 * @returns its id
 * @throws docker-modem's error
 */
export function createContainer(docker: Dockerode, spec: RunSpec, signal: AbortSignal): Promise<string> {
  const query = {
    ...(spec.name ? { name: spec.name } : {}),
    ...(spec.platform ? { platform: spec.platform } : {}),
  };
  return postForId(docker, query, containerBody(spec), signal);
}
