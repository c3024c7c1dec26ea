import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';

/** What ssh says on stderr is kept to this many characters for the problem's detail. */
const SAID_LIMIT = 2000;

/** An ssh process as a connection: what is written goes in, what it prints comes out. */
class SshConnection extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams;
  #said = '';

  constructor(words: string[]) {
    super();
    this.#child = spawn('ssh', words, { stdio: ['pipe', 'pipe', 'pipe'] });
    const { stdin, stdout, stderr } = this.#child;
    stdout.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) stdout.pause();
    });
    stderr.setEncoding('utf8');
    stderr.on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-SAID_LIMIT);
    });
    // The end of the process says more than a broken pipe.
    stdin.on('error', () => undefined);
    this.#child.once('error', (error) => this.destroy(error));
    this.#child.once('close', (code) => this.#ended(code));
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // A failed write is told by the end of the process, with ssh's own reason.
    this.#child.stdin.write(chunk, () => done());
  }

  override _final(done: () => void): void {
    this.#child.stdin.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill();
    done(error);
  }

  /** http sets these on every socket; a process has nothing like them. */
  setKeepAlive = () => this;
  setNoDelay = () => this;
  setTimeout = () => this;
  ref = () => this;
  unref = () => this;

  #ended(code: number | null): void {
    if (code === 0) this.push(null);
    else this.destroy(new Error(`ssh: ended with ${code}: ${this.#said.trim()}`));
  }
}

/**
 * Connections to an engine behind `ssh://`: each one is an ssh process that runs `docker system dial-stdio` there,
 * as the docker CLI does. ssh uses the user's own keys and configuration and must not have to ask for anything.
 */
export class SshAgent extends Agent {
  readonly #words: string[];

  constructor(host: string) {
    super({ keepAlive: false });
    const { username, hostname, port } = new URL(host);
    this.#words = [
      // An ssh that asks for a password would wait for ever: there is no terminal.
      ...['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-T'],
      ...(port ? ['-p', port] : []),
      ...(username ? ['-l', decodeURIComponent(username)] : []),
      ...['--', hostname.replace(/^\[|\]$/g, ''), 'docker', 'system', 'dial-stdio'],
    ];
  }

  override createConnection(): Duplex {
    return new SshConnection(this.#words);
  }
}
