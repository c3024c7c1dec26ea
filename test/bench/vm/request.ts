import { once } from 'node:events';
import { type Agent, request } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

interface Call {
  socket: string;
  path: string;
  method?: 'GET' | 'POST' | 'DELETE';
  /** Keeps the connection; without one each call makes its own. */
  agent?: Agent;
  body?: Readable;
  /** Gets the answer piece by piece. */
  onPiece?(piece: Buffer): void;
}

/** One call of an engine, to the end of its answer. @returns ms @throws Error when the engine refuses it */
export async function timeCall(call: Call): Promise<number> {
  const { socket, path, method = 'GET', agent, body, onPiece } = call;
  const began = performance.now();
  const asked = request({ socketPath: socket, path, method, agent: agent ?? false });
  const answered = once(asked, 'response');
  if (body) {
    asked.setHeader('Content-Type', 'application/x-tar');
    await pipeline(body, asked);
  } else asked.end();
  const [answer] = await answered;
  for await (const piece of answer) onPiece?.(piece);
  if (answer.statusCode >= 300) throw new Error(`${method} ${path} was answered with ${answer.statusCode}`);
  return performance.now() - began;
}
