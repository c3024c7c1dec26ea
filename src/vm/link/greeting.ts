import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';

/** The greeting is repeated so often, in milliseconds: the guest may not have opened its port yet. */
const repeatMs = 300;

/** After an answer to an earlier greeting, the answer to the last one is on its way: wait longer, in milliseconds. */
const patienceMs = 3000;

/** The longest answer that is looked for, in bytes: so much of what was received is kept. */
const answerBytes = 64;

/**
 * Finds the answer to a greeting in everything that the guest sends: what an old session had on its way comes
 * first, cut anywhere.
 */
export class AnswerFinder {
  #kept = Buffer.alloc(0);

  /** Gives the last answer's nonce and what follows it; null when no answer has ended in these bytes. */
  push(bytes: Buffer): { nonce: string; rest: Buffer } | null {
    const all = Buffer.concat([this.#kept, bytes]);
    const matches = [...all.toString('latin1').matchAll(/GANTRY-LINK-OK ([0-9a-f]{16})\n/g)];
    const last = matches.at(-1);
    if (!last?.[1]) {
      this.#kept = all.subarray(-answerBytes);
      return null;
    }
    const rest = all.subarray(last.index + last[0].length);
    this.#kept = rest;
    return { nonce: last[1], rest };
  }
}

/**
 * Begins a new session with the guest's agent on a connection that may carry leftovers. Resolves with the bytes that
 * follow the agent's answer; the socket is paused then. Each repetition has a nonce of its own and only the last
 * one's answer counts: an agent begins a session with every greeting that it sees.
 * @param secret 32 hexadecimal digits that the guest was given at its boot
 */
export function greet(socket: Socket, secret: string, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const finder = new AnswerFinder();
    let nonce = '';
    let timer: NodeJS.Timeout;
    const send = (): void => {
      nonce = randomBytes(8).toString('hex');
      socket.write(`GANTRY-LINK ${secret} ${nonce}\n`);
      timer = setTimeout(send, repeatMs);
    };
    const receive = (bytes: Buffer): void => {
      const answer = finder.push(bytes);
      if (!answer) return;
      if (answer.nonce === nonce) {
        stop();
        socket.pause();
        resolve(answer.rest);
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(send, patienceMs);
    };
    const fail = (error: Error): void => {
      stop();
      socket.destroy();
      reject(error);
    };
    const closed = (): void => fail(new Error('The connection to the guest was closed.'));
    const aborted = (): void =>
      fail(new Error('Waiting for the guest was given up.', { cause: signal.reason }));
    const stop = (): void => {
      clearTimeout(timer);
      socket.off('data', receive).off('error', fail).off('close', closed);
      signal.removeEventListener('abort', aborted);
    };
    socket.on('data', receive).on('error', fail).on('close', closed);
    signal.addEventListener('abort', aborted);
    if (signal.aborted) aborted();
    else send();
  });
}
