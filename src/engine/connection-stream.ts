import { IncomingMessage } from 'node:http';
import type Dockerode from 'dockerode';

/**
 * Opens an answer of the engine as a stream. dockerode's own methods read a whole answer into one string unless
 * it follows something, which a log of 100 MB must not do.
 * @param path with a question mark at its end when there is a query
 */
export function openStream(
  docker: Dockerode,
  path: string,
  query: Record<string, string | number | boolean>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const options = {
    path,
    method: 'GET',
    options: query,
    isStream: true,
    statusCodes: { 200: true },
    abortSignal: signal,
  };
  return new Promise((resolve, reject) => {
    docker.modem.dial(options, (error, answer) => {
      if (answer instanceof IncomingMessage) resolve(answer);
      else reject(error);
    });
  });
}
