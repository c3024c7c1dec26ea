import { request } from 'node:http';
import type { EngineAddress } from './engine';

/** What the engine's `POST /containers/create` takes, as far as tests say it. */
export interface NewContainer {
  Image: string;
  Cmd?: string[];
  Env?: string[];
  Hostname?: string;
  Labels?: Record<string, string>;
}

/** Creates a container by the engine's API: faster than the docker CLI, and it takes labels of any content and size. */
export function createContainer(engine: EngineAddress, name: string, container: NewContainer): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        socketPath: engine.socket,
        path: `/containers/create?name=${encodeURIComponent(name)}`,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      },
      (answer) => {
        let said = '';
        answer.setEncoding('utf8').on('data', (text: string) => {
          said += text;
        });
        answer.once('end', () =>
          answer.statusCode === 201
            ? resolve()
            : reject(new Error(`${name} was not created: ${said.slice(0, 500)}`)),
        );
      },
    );
    call.once('error', reject);
    call.end(JSON.stringify(container));
  });
}
