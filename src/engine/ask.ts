import type Dockerode from 'dockerode';
import type { z } from 'zod';

interface Question<S extends z.ZodType> {
  /** Without the API version: `/containers/json`. */
  path: string;
  query?: Record<string, unknown>;
  answer: S;
  signal: AbortSignal;
}

/**
 * Reads something from the engine and checks its shape.
 * @throws docker-modem's error (with statusCode), or an Error when the answer is not what the Docker API promises.
 */
export function ask<S extends z.ZodType>(
  docker: Dockerode,
  { path, query = {}, answer, signal }: Question<S>,
): Promise<z.infer<S>> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        path: `${path}?`,
        method: 'GET',
        options: { ...query },
        abortSignal: signal,
        statusCodes: { 200: true, 404: 'not found', 500: 'server error' },
      },
      (error: unknown, said: unknown) => {
        if (error) return reject(error);
        const parsed = answer.safeParse(said);
        if (parsed.success) resolve(parsed.data);
        else {
          reject(
            new Error(`${path}: the answer is not what the Docker API promises`, { cause: parsed.error }),
          );
        }
      },
    );
  });
}

/** Whether the engine answered that the object does not exist. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && error.statusCode === 404;
