import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

/** A program that a case talks to. It is killed when the case ends, in time or not. */
export class Session {
  readonly pid: number;
  /** Exit code, or the signal that ended it; its streams are closed by then. */
  readonly ended: Promise<number | NodeJS.Signals>;
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly out: Buffer[] = [];
  private readonly err: Buffer[] = [];
  private hasEnded = false;

  constructor(
    private readonly commandLine: string[],
    options: { env: NodeJS.ProcessEnv; signal: AbortSignal; cwd?: string },
  ) {
    const [command = '', ...args] = commandLine;
    this.child = spawn(command, args, { ...options, killSignal: 'SIGKILL', stdio: ['pipe', 'pipe', 'pipe'] });
    this.pid = this.child.pid ?? 0;
    this.child.stdout.on('data', (chunk: Buffer) => this.out.push(chunk));
    this.child.stderr.on('data', (chunk: Buffer) => this.err.push(chunk));
    // A program that ends without reading its input breaks the pipe; its exit code says what went wrong.
    this.child.stdin.on('error', () => undefined);
    this.ended = ending(this.child).finally(() => {
      this.hasEnded = true;
    });
    // Reported to whoever waits for the end; a program that is killed with its case is nobody's fault.
    this.ended.catch(() => undefined);
  }

  /** All of its standard output so far. */
  get bytes(): Buffer {
    return Buffer.concat(this.out);
  }

  get text(): string {
    return this.bytes.toString();
  }

  /** All of its standard error so far. */
  get complaint(): string {
    return Buffer.concat(this.err).toString();
  }

  write(text: string | Buffer): void {
    this.child.stdin.write(text);
  }

  /** Closes its standard input, after a last piece of it. */
  endInput(last?: string | Buffer): void {
    this.child.stdin.end(last);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /**
   * Waits until the standard output matches; gives the match.
   * @param from only what is printed from this length of `text` on counts
   * @throws Error with all that was printed, when the program ends without it
   */
  async saw(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.text.slice(from));
      if (match) return match;
      if (this.hasEnded) throw new Error(`${this.story()}\nnever printed ${pattern}`);
      await this.more();
    }
  }

  /** What was run and what it printed, for a failure's message. */
  story(): string {
    return `${this.commandLine.join(' ')}\n${this.text}${this.complaint}`;
  }

  /** Resolves at the next output, or at the end. */
  private more(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.child.stdout.off('data', done);
        this.child.off('close', done);
        // The end is noted by a promise's callback, which is due now.
        setImmediate(resolve);
      };
      this.child.stdout.once('data', done);
      this.child.once('close', done);
    });
  }
}

function ending(child: ChildProcess): Promise<number | NodeJS.Signals> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? -1));
  });
}
