import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, type TestContext, vi } from 'vitest';
import type { EngineUnderTest, HostFacts } from './engine-under-test';
import { BOX } from './images';
import { Session } from './session';

/** Where the cases run and how long they may take. */
export interface Battery {
  /** The engine, once it has been started. */
  engine(): EngineUnderTest;
  /** How many times longer than on an ordinary engine of a fast computer everything may take. */
  slowness: number;
}

interface Input {
  input?: string | Buffer;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

/** What a case makes in an engine, in the order in which it can be removed. */
const KINDS = ['container', 'volume', 'network', 'image'] as const;
type Kind = (typeof KINDS)[number];

/** A shell's word for this text, whatever is in it. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** One case's own names, folders and programs, all gone at its end. */
export class Case {
  readonly facts: HostFacts;
  /** All objects of this case have names that begin with it. */
  private readonly prefix = `gb${randomBytes(4).toString('hex')}`;
  private readonly kinds = new Set<Kind>();
  private readonly folders: string[] = [];
  private count = 0;

  /** @param signal kills every program that this case still runs */
  constructor(
    private readonly engine: EngineUnderTest,
    private readonly slowness: number,
    private readonly test: TestContext,
    private readonly signal: AbortSignal,
  ) {
    this.facts = engine.facts;
  }

  /** Ends the case here, as skipped, with the reason. */
  skip(why: string): never {
    return this.test.skip(why);
  }

  /** A name for a container that is removed at the end. */
  container(): string {
    return this.name('container');
  }

  volume(): string {
    return this.name('volume');
  }

  network(): string {
    return this.name('network');
  }

  image(): string {
    return this.name('image');
  }

  /** A new folder that containers can mount. @param name its last part, for names that are hard to carry */
  async folder(name = 'folder'): Promise<string> {
    const parent = join(this.facts.sharedFolder, this.next());
    this.folders.push(parent);
    const path = join(parent, name);
    await mkdir(path, { recursive: true });
    return path;
  }

  /** Starts a docker command and leaves it running. */
  start(...args: string[]): Session {
    return this.session(['docker', ...args], {});
  }

  /**
   * Starts a docker command in a terminal of this many rows and columns, of which `resize` makes another one.
   * `script` (util-linux) makes the terminal; what is written is typed.
   */
  async terminal(
    size: { rows: number; columns: number },
    ...args: string[]
  ): Promise<Session & { resize(rows: number, columns: number): Promise<void> }> {
    const command = ['docker', ...args].map(quoted).join(' ');
    const line = `tty; stty rows ${size.rows} cols ${size.columns}; exec ${command}`;
    const session = this.session(
      ['script', '--quiet', '--return', '--flush', '--command', line, '/dev/null'],
      {},
    );
    const [device] = await session.saw(/\/dev\/\S+/);
    const resize = async (rows: number, columns: number): Promise<void> => {
      const stty = this.session(['stty', '-F', device, 'rows', `${rows}`, 'cols', `${columns}`], {});
      expect(await stty.ended, stty.story()).toBe(0);
    };
    return Object.assign(session, { resize });
  }

  /** Runs a docker command to its end, whatever that is. */
  async ended(options: Input, ...args: string[]): Promise<Session & { code: number | NodeJS.Signals }> {
    const session = this.session(['docker', ...args], options);
    session.endInput(options.input);
    return Object.assign(session, { code: await session.ended });
  }

  /** Runs a docker command, which must succeed; gives its standard output without the last line's end. */
  docker(...args: string[]): Promise<string> {
    return this.dockerWith({}, ...args);
  }

  async dockerWith(options: Input, ...args: string[]): Promise<string> {
    const done = await this.ended(options, ...args);
    if (done.code !== 0) throw new Error(`ended with ${done.code}: ${done.story()}`);
    return done.text.trimEnd();
  }

  /** Runs a docker command, which must fail; gives what it said on standard error. */
  async refused(...args: string[]): Promise<string> {
    const done = await this.ended({}, ...args);
    if (done.code === 0) throw new Error(`did not fail: ${done.story()}`);
    return done.complaint;
  }

  /** Runs a command in a container of its own, to the end: `docker run --rm … BOX …`. */
  inBox(options: string[], ...command: string[]): Promise<string> {
    return this.docker('run', '--rm', '--name', this.container(), ...options, BOX, ...command);
  }

  /** Starts a container in the background; gives its name. */
  async background(options: string[], ...command: string[]): Promise<string> {
    const name = this.container();
    await this.docker('run', '-d', '--name', name, ...options, ...command);
    return name;
  }

  /** Waits until the check no longer throws; its last error is the case's. */
  until<T>(check: () => T | Promise<T>): Promise<T> {
    return vi.waitFor(check, { timeout: 20_000 * this.slowness, interval: 100 });
  }

  /** Removes what `other` has made in the engine and on this computer. */
  async cleanAfter(other: Case): Promise<void> {
    for (const kind of KINDS) if (other.kinds.has(kind)) await this.removeAll(kind, other.prefix);
    for (const folder of other.folders) await this.removeFolder(folder);
  }

  private async removeAll(kind: Kind, prefix: string): Promise<void> {
    const list = {
      container: ['ps', '-aq', '--filter', `name=${prefix}`],
      volume: ['volume', 'ls', '-q', '--filter', `name=${prefix}`],
      network: ['network', 'ls', '-q', '--filter', `name=${prefix}`],
      image: ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', '--filter', `reference=${prefix}*`],
    }[kind];
    const remove = {
      container: ['rm', '-fv'],
      volume: ['volume', 'rm'],
      network: ['network', 'rm'],
      image: ['rmi'],
    };
    const found = (await this.docker(...list)).split('\n').filter((line) => line !== '');
    if (found.length > 0) await this.docker(...remove[kind], ...found);
  }

  /** What a container's users made may belong to others than this process's user: then a container removes it. */
  private async removeFolder(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true }).catch(async () => {
      await this.docker('run', '--rm', '-v', `${folder}:/folder`, BOX, 'sh', '-c', 'rm -rf /folder/*');
      await rm(folder, { recursive: true, force: true });
    });
  }

  private name(kind: Kind): string {
    this.kinds.add(kind);
    return this.next();
  }

  private next(): string {
    this.count += 1;
    return `${this.prefix}-${this.count}`;
  }

  private session(commandLine: string[], { env, cwd }: Input): Session {
    return new Session(commandLine, {
      signal: this.signal,
      cwd,
      env: {
        PATH: process.env.PATH,
        HOME: this.engine.configFolder,
        DOCKER_HOST: this.engine.host,
        DOCKER_CONFIG: this.engine.configFolder,
        TERM: 'xterm',
        ...env,
      },
    });
  }
}

/**
 * Registers a case.
 * @param seconds how long it may take on an ordinary engine
 */
export function theCase(
  { engine, slowness }: Battery,
  name: string,
  seconds: number,
  body: (box: Case) => Promise<void>,
): void {
  it(name, { timeout: seconds * 1000 * slowness }, async (test) => {
    const over = new AbortController();
    const signal = AbortSignal.any([test.signal, over.signal]);
    // Each program of the case listens to it.
    setMaxListeners(0, signal);
    const box = new Case(engine(), slowness, test, signal);
    const cleaningMs = 60_000 * slowness;
    test.onTestFinished(() => {
      over.abort();
      return new Case(engine(), slowness, test, AbortSignal.timeout(cleaningMs)).cleanAfter(box);
    }, cleaningMs);
    await body(box);
  });
}
