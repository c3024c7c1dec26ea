import type { Duplex, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { z } from 'zod';
import { connectTo } from '../connect';
import { type AgentRequests, takeRequest } from './agent-requests';
import { greet } from './greeting';
import { followProgram, type GuestProgram } from './run';
import {
  clockAnswer,
  failedAnswer,
  type GuestFacts,
  growAnswer,
  guestFacts,
  type LinkRequest,
  stopAnswer,
  type TerminalSize,
  trimAnswer,
} from './services';
import { Session } from './session';
import type { MuxStream } from './stream';

export type { Lease } from './lease';
export type { GuestProgram } from './run';
export type { GuestFacts, LinkRequest, TerminalSize } from './services';

export interface LinkOptions extends AgentRequests {
  /** The host's end of the guest's port: a unix socket, or a named pipe. */
  socketPath: string;
  /** 32 hexadecimal digits that the guest was given at its boot. */
  secret: string;
  /** Ends the waiting for the guest; the link itself ends with `close()`. */
  signal: AbortSignal;
}

/**
 * Connects to the guest's agent and resolves once it answers, however long the guest takes to start: `signal`
 * bounds it. One host at a time: a second link takes the first one's place.
 */
export async function openLink({ socketPath, secret, signal, ...asked }: LinkOptions): Promise<Link> {
  const socket = await connectTo(socketPath, signal);
  const early = await greet(socket, secret, signal);
  const session: Session = new Session(
    socket,
    (stream) => void takeRequest(stream, () => session.over, asked),
  );
  session.receive(early);
  socket.resume();
  return new Link(session);
}

/** A session with the guest's agent. */
export class Link {
  /** Resolves with the reason, in plain words, when the session is over; every stream has been reset then. */
  readonly ended: Promise<string>;
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
    this.ended = session.ended;
  }

  /** Streams of both ends, published ports among them. */
  get openStreams(): number {
    return this.#session.openStreams;
  }

  /**
   * Opens a stream. Bytes may be written at once; an address that cannot be reached shows as a reset.
   * @throws Error if the link has ended
   */
  open(request: LinkRequest): Duplex {
    return this.#open(request);
  }

  facts(signal: AbortSignal): Promise<GuestFacts> {
    return this.#ask({ service: 'facts' }, guestFacts, signal);
  }

  /** Sets the guest's clock, in milliseconds since 1970, and gives what it was before. */
  setClock(unixMs: number, signal: AbortSignal): Promise<{ beforeMs: number }> {
    return this.#ask({ service: 'clock', unixMs }, clockAnswer, signal);
  }

  /** Runs a program in the guest, as root. `signal` ends it. */
  run(argv: string[], { tty, signal }: { tty: TerminalSize | null; signal: AbortSignal }): GuestProgram {
    return followProgram(this.#open({ service: 'run', argv, tty }), signal);
  }

  /** Runs a program without input and gives all that it printed. */
  async runText(
    argv: string[],
    signal: AbortSignal,
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const program = this.run(argv, { tty: null, signal });
    program.stdin.end();
    const [stdout, stderr, code] = await Promise.all([
      text(program.stdout),
      text(program.stderr),
      program.exited,
    ]);
    return { code, stdout, stderr };
  }

  /** Takes paths, each with a newline after it; watchers in the guest see that they have changed. */
  touch(): Writable {
    const stream = this.#open({ service: 'touch' });
    // The agent says nothing.
    stream.resume();
    return stream;
  }

  /** Gives blocks of the data disk that are no longer used back to the host. */
  trim(signal: AbortSignal): Promise<{ trimmedBytes: number }> {
    return this.#ask({ service: 'trim' }, trimAnswer, signal);
  }

  /** Makes the data disk's file system as large as the disk has become. */
  grow(signal: AbortSignal): Promise<{ diskTotalBytes: number }> {
    return this.#ask({ service: 'grow' }, growAnswer, signal);
  }

  /** Asks the guest to stop its containers and to power off; resolves when it has taken the order. */
  async stop(signal: AbortSignal): Promise<void> {
    await this.#ask({ service: 'stop' }, stopAnswer, signal);
  }

  close(): void {
    this.#session.close();
  }

  #open(request: LinkRequest): MuxStream {
    const stream = this.#session.open();
    stream.write(`${JSON.stringify(request)}\n`);
    return stream;
  }

  async #ask<T>(request: LinkRequest, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    const stream = this.#open(request);
    const abort = (): void => {
      stream.destroy(new Error('Waiting for the guest was given up.', { cause: signal.reason }));
    };
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    try {
      stream.end();
      const answer: unknown = JSON.parse(await text(stream));
      const failed = failedAnswer.safeParse(answer);
      if (failed.success) throw new Error(failed.data.error);
      return schema.parse(answer);
    } finally {
      signal.removeEventListener('abort', abort);
      stream.destroy();
    }
  }
}
