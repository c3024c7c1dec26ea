import { randomUUID } from 'node:crypto';
import { StringDecoder } from 'node:string_decoder';
import type Dockerode from 'dockerode';
import type { TerminalSession } from '#contract';
import { ProblemError } from '#contract/problem';
import { Feed } from './feed';
import { toProblem } from './problems';
import { type Shell, type ShellOptions, signalShell, startShell } from './terminal-shell';

/** Characters of output that a session keeps for whoever looks at it next. */
const replayLimit = 256 * 1024;
/** The shell is paused while a reader has this many characters waiting. */
const waitingLimit = 512 * 1024;
/** Output is sent at most this often, which is more often than a screen is drawn. */
const paceMs = 10;
/** How long a shell may take to end after a hang-up, before it is killed. */
const hangUpMs = 1000;
/** Exit code of a process that was killed, as the container's end does. */
const killed = 137;

type Output = { data?: string; exitCode?: number };

interface Reader {
  waiting: string;
  wake(): void;
  finish(): void;
}

/** The last part of what was printed. */
class Replay {
  private parts: string[] = [];
  private length = 0;

  add(text: string): void {
    this.parts.push(text);
    this.length += text.length;
    while (this.length - (this.parts[0]?.length ?? 0) >= replayLimit) {
      this.length -= this.parts.shift()?.length ?? 0;
    }
  }

  /** At most `replayLimit` characters. What was shortened begins with a whole line, not within an escape sequence. */
  text(): string {
    const all = this.parts.join('');
    if (all.length <= replayLimit) return all;
    const end = all.slice(-replayLimit);
    return end.slice(end.indexOf('\n') + 1);
  }
}

/** A shell, what it printed, and who reads it. */
class Session {
  readonly info: TerminalSession;
  readonly ended: Promise<void>;
  private readonly decoder = new StringDecoder('utf8');
  private readonly readers = new Set<Reader>();
  private readonly replay = new Replay();

  constructor(
    readonly docker: Dockerode,
    private readonly shell: Shell,
    options: ShellOptions,
  ) {
    this.info = {
      sessionId: options.sessionId,
      containerId: options.containerId,
      shell: shell.path,
      user: options.user ?? '',
      openedAt: Date.now(),
      exitCode: null,
    };
    for (const chunk of shell.printed) this.print(this.decoder.write(chunk));
    const { stream } = shell;
    this.ended = new Promise((resolve) => {
      stream.once('close', () => void this.finish().then(resolve));
    });
    // Ends in 'close' as well; the exit code tells how.
    stream.on('error', () => stream.destroy());
    stream.on('end', () => stream.destroy());
    stream.on('data', (chunk: Buffer) => this.print(this.decoder.write(chunk)));
    stream.resume();
  }

  read(signal?: AbortSignal): AsyncIteratorObject<Output, undefined> {
    let coded = false;
    const take = (): Output | undefined => {
      if (reader.waiting !== '') {
        const data = reader.waiting;
        reader.waiting = '';
        this.keepPace();
        return { data };
      }
      if (this.info.exitCode === null || coded) return undefined;
      coded = true;
      return { exitCode: this.info.exitCode };
    };
    const close = () => {
      this.readers.delete(reader);
      this.keepPace();
    };
    // The replay and what comes until it is taken are one item.
    const reader: Reader = {
      waiting: this.replay.text(),
      wake: () => feed.wake(),
      finish: () => feed.finish(),
    };
    const feed = new Feed<Output>({ take, close }, paceMs, signal);
    if (!signal?.aborted) this.readers.add(reader);
    if (this.info.exitCode !== null) feed.finish();
    return feed;
  }

  write(data: string): void {
    if (this.info.exitCode === null) this.shell.stream.write(data);
  }

  async resize(columns: number, rows: number): Promise<void> {
    if (this.info.exitCode === null) await this.shell.resize(columns, rows);
  }

  /** Ends the shell and its jobs. A job that ignores hang-ups (nohup) goes on, as it does after any terminal. */
  async close(): Promise<void> {
    if (this.info.exitCode !== null) return;
    try {
      await signalShell(this.docker, this.info, 'HUP');
      const late = await Promise.race([
        this.ended.then(() => false),
        new Promise<true>((resolve) => setTimeout(() => resolve(true), hangUpMs)),
      ]);
      if (late) await signalShell(this.docker, this.info, 'KILL');
    } catch (error) {
      // A container that has ended by now took its processes along.
      if (toProblem(error).code === 'unknown') throw error;
    } finally {
      this.shell.stream.destroy();
    }
  }

  private print(text: string): void {
    if (text === '') return;
    this.replay.add(text);
    for (const reader of this.readers) {
      reader.waiting += text;
      reader.wake();
    }
    this.keepPace();
  }

  private keepPace(): void {
    const slow = [...this.readers].some((reader) => reader.waiting.length > waitingLimit);
    if (slow) this.shell.stream.pause();
    else if (this.shell.stream.isPaused()) this.shell.stream.resume();
  }

  private async finish(): Promise<void> {
    this.print(this.decoder.end());
    this.info.exitCode = (await this.shell.exitCode().catch(() => null)) ?? killed;
    for (const reader of this.readers) reader.finish();
  }
}

/** What an open terminal is asked for; `shell` and `user` absent: found by trying, as the image says. */
export type OpenTerminal = Omit<ShellOptions, 'sessionId'>;

/** All terminals. They live as long as Gantry's backend, whoever looks at them. */
export class TerminalSessions {
  private readonly sessions = new Map<string, Session>();

  list(containerId: string): TerminalSession[] {
    const all = [...this.sessions.values()].map((session) => session.info);
    return all.filter((info) => info.containerId === containerId).map((info) => ({ ...info }));
  }

  async open(docker: Dockerode, input: OpenTerminal): Promise<TerminalSession> {
    const options = { ...input, sessionId: randomUUID() };
    const session = new Session(docker, await startShell(docker, options), options);
    this.sessions.set(options.sessionId, session);
    return { ...session.info };
  }

  /** First what was on the screen, then live output; the last item is the exit code. */
  output(sessionId: string, signal?: AbortSignal): AsyncIteratorObject<Output, undefined> {
    return this.session(sessionId).read(signal);
  }

  write(sessionId: string, data: string): void {
    this.session(sessionId).write(data);
  }

  async resize(sessionId: string, columns: number, rows: number): Promise<void> {
    try {
      await this.session(sessionId).resize(columns, rows);
    } catch (error) {
      throw new ProblemError(toProblem(error, { doing: 'resize the terminal' }));
    }
  }

  /** Ends the shell and what it runs, and forgets the session. */
  async close(sessionId: string): Promise<void> {
    const session = this.sessions.get(sessionId);
    this.sessions.delete(sessionId);
    try {
      await session?.close();
    } catch (error) {
      throw new ProblemError(toProblem(error, { doing: 'end the shell' }));
    }
  }

  /** Ends every shell; failures do not keep Gantry from ending. */
  async closeAll(): Promise<void> {
    await Promise.allSettled([...this.sessions.keys()].map((sessionId) => this.close(sessionId)));
  }

  private session(sessionId: string): Session {
    const session = this.sessions.get(sessionId);
    if (session) return session;
    throw new ProblemError({
      code: 'terminal-gone',
      title: 'This terminal has ended',
      explanation: 'Its shell was closed, or Gantry was started again since.',
      actions: [],
    });
  }
}
