import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { connectWhenThere } from '../connect';

/** QEMU refused a command; `code` is its class of errors, such as `GenericError` or `CommandNotFound`. */
export class QmpError extends Error {
  constructor(
    readonly command: string,
    readonly code: string,
    readonly description: string,
  ) {
    super(`QEMU refused ${command}: ${description}`);
    this.name = 'QmpError';
  }
}

const greeting = z.object({ QMP: z.object({ version: z.unknown() }) });
const event = z.object({ event: z.string(), data: z.record(z.string(), z.unknown()).optional() });
const success = z.object({ id: z.number(), return: z.unknown() });
const failure = z.object({ id: z.number(), error: z.object({ class: z.string(), desc: z.string() }) });
const message = z.union([greeting, event, success, failure]);

/** `STOP`, `SHUTDOWN`, `MIGRATION`, …: QEMU's QMP reference names them and their data. */
export type QmpEvent = z.infer<typeof event>;

/** For commands whose answer says nothing. */
export const nothing = z.unknown();

interface Waiting {
  command: string;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** QEMU's monitor (QMP, JSON lines on a socket). It serves one client at a time; a second one waits unheard. */
export class Qmp {
  /** Resolves when the connection ends, which it does with QEMU or with `close`. */
  readonly ended: Promise<void>;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(event: QmpEvent) => void>();
  #lastId = 0;
  #over = false;
  #greeted: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.ended = new Promise((resolve) => {
      socket.once('close', () => {
        this.#over = true;
        for (const { command, reject } of this.#waiting.values()) {
          reject(new Error(`QEMU ended before it answered ${command}`));
        }
        this.#waiting.clear();
        resolve();
      });
    });
    // The end is told by `close`.
    socket.on('error', () => socket.destroy());
    createInterface({ input: socket })
      .on('line', (line) => this.#take(line))
      // It passes the socket's errors on.
      .on('error', () => undefined);
  }

  /** Waits for QEMU to listen and to greet, until the signal says that it has been too long. */
  static async connect(path: string, signal: AbortSignal): Promise<Qmp> {
    const socket = await connectWhenThere(path, signal);
    const qmp = new Qmp(socket);
    const giveUp = () => qmp.close();
    signal.addEventListener('abort', giveUp);
    try {
      const greeted = new Promise<void>((resolve) => {
        qmp.#greeted = resolve;
      });
      await Promise.race([greeted, qmp.ended]);
      signal.throwIfAborted();
      await qmp.execute('qmp_capabilities', {}, nothing, signal);
      return qmp;
    } catch (error) {
      qmp.close();
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /**
   * Carries out one command and parses its answer. Rejects with a `QmpError` when QEMU refuses, with the signal's
   * reason when it aborts (QEMU goes on with the command), and when QEMU ends.
   */
  async execute<T>(
    command: string,
    parameters: Record<string, unknown>,
    schema: z.ZodType<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    signal?.throwIfAborted();
    if (this.#over) throw new Error(`QEMU ended before it was asked for ${command}`);
    this.#lastId += 1;
    const id = this.#lastId;
    let stop: () => void = () => undefined;
    const answer = new Promise<unknown>((resolve, reject) => {
      stop = () => reject(signal?.reason);
      this.#waiting.set(id, { command, resolve, reject });
    });
    signal?.addEventListener('abort', stop);
    this.#socket.write(`${JSON.stringify({ execute: command, arguments: parameters, id })}\n`);
    try {
      return schema.parse(await answer);
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#waiting.delete(id);
    }
  }

  /** @returns ends the listening */
  onEvent(listener: (event: QmpEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The first event that `accept` says yes to. Rejects when QEMU ends before, or with the signal's reason. */
  async waitForEvent(accept: (event: QmpEvent) => boolean, signal: AbortSignal): Promise<QmpEvent> {
    signal.throwIfAborted();
    let undo: () => void = () => undefined;
    const found = new Promise<QmpEvent>((resolve, reject) => {
      const stopListening = this.onEvent((one) => accept(one) && resolve(one));
      const stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop);
      void this.ended.then(() => reject(new Error('QEMU ended')));
      undo = () => {
        stopListening();
        signal.removeEventListener('abort', stop);
      };
    });
    try {
      return await found;
    } finally {
      undo();
    }
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(line: string): void {
    if (line.trim() === '') return;
    let parsed: z.infer<typeof message>;
    try {
      parsed = message.parse(JSON.parse(line));
    } catch {
      // Whatever speaks here is not QEMU; nothing it says can be relied on.
      this.#socket.destroy();
      return;
    }
    if ('QMP' in parsed) {
      this.#greeted();
    } else if ('event' in parsed) {
      for (const listener of this.#listeners) listener(parsed);
    } else {
      const waiting = this.#waiting.get(parsed.id);
      if ('return' in parsed) waiting?.resolve(parsed.return);
      else waiting?.reject(new QmpError(waiting.command, parsed.error.class, parsed.error.desc));
    }
  }
}
