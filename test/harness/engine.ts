import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Den, openDen } from './den';
import { findProgram, run } from './run';

/** Bound on waiting for a start: a loaded two-core machine needs up to 10 s, more means that something is wrong. */
const START_LIMIT_MS = 60_000;

export interface EngineOptions {
  /** Containers keep running while dockerd is away. */
  liveRestore?: boolean;
  /** Further arguments for dockerd. */
  args?: string[];
  /** Further variables of dockerd's environment. */
  env?: Record<string, string>;
  /** Its daemon.json; an empty one unless it says otherwise. */
  config?: Record<string, unknown>;
}

/** The parts of a test engine that also hold for an engine started by another process. */
export interface EngineAddress {
  /** Path of the socket (mode 0600). */
  socket: string;
  /** `unix://…` for DOCKER_HOST. */
  host: string;
  /** An empty folder for DOCKER_CONFIG. */
  configFolder: string;
}

export interface TestEngine extends EngineAddress, AsyncDisposable {
  /** Runs the docker CLI against this engine with an empty configuration; gives what it printed, trimmed. */
  cli(args: string[], options?: { input?: string | Buffer }): Promise<string>;
  /** Ends dockerd at once (SIGKILL), as a crash does. Containers stay behind until restart() or stop(). */
  kill(): Promise<void>;
  /** Starts dockerd again on the same data and the same socket, after ending it in an orderly way if it runs. */
  restart(): Promise<void>;
  /** Ends everything and leaves nothing behind. */
  stop(): Promise<void>;
}

/** Why no engine can be started here, in plain words; undefined when one can. */
export function whyNoEngine(): string | undefined {
  if (process.platform !== 'linux') return 'a test engine needs Linux';
  if (process.getuid?.() !== 0) return 'a test engine (dockerd) needs root';
  const missing = ['dockerd', 'containerd', 'docker', 'ip'].filter((name) => !findProgram(name));
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : undefined;
}

/** Gives a docker CLI for an engine's address, with its configuration or another one. */
export function dockerCli(
  address: Pick<EngineAddress, 'host' | 'configFolder'>,
  configFolder = address.configFolder,
): TestEngine['cli'] {
  return async (args, options) => {
    const env = {
      PATH: process.env.PATH,
      DOCKER_HOST: address.host,
      DOCKER_CONFIG: configFolder,
      // Debian's docker.io has no buildx, so builds use the engine's classic builder.
      DOCKER_BUILDKIT: '0',
    };
    return (await run('docker', args, { ...options, env })).toString().trimEnd();
  };
}

/** A private address range 10.x.y.0/20 which no interface of this machine uses. */
async function freeSubnet(): Promise<{ base: string; gateway: string }> {
  const used = (await run('ip', ['-4', '-o', 'route', 'show', 'table', 'all'])).toString();
  for (;;) {
    const [a = 0, b = 0] = randomBytes(2);
    const prefix = `10.${128 + (a % 127)}.${b & 0xf0}`;
    // The range's first /24 is always used by the engine's own bridge.
    if (!used.includes(`${prefix}.`)) return { base: `${prefix}.0`, gateway: `${prefix}.1` };
  }
}

/** One dockerd process, or its containerd: ready once it has printed the awaited text. */
async function startDaemon(
  command: string,
  args: string[],
  logFile: string,
  { ready, env }: { ready: string; env?: Record<string, string> },
): Promise<ChildProcess> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  const lines = createInterface({ input: child.stderr });
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(limit);
      const tail = existsSync(logFile) ? readFileSync(logFile, 'utf8').slice(-3000) : '';
      reject(new Error(`${command} ${why}:\n${tail}`));
    };
    const limit = setTimeout(() => fail('did not become ready'), START_LIMIT_MS);
    child.once('error', (error) => fail(error.message));
    child.once('close', (code) => log.end(() => fail(`ended with ${code}`)));
    lines.on('line', (line) => {
      log.write(`${line}\n`);
      if (!line.includes(ready)) return;
      clearTimeout(limit);
      resolve();
    });
  });
  return child;
}

async function endDaemon(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill(signal);
  await ended;
}

function ping(socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: socket, path: '/_ping' }, (answer) => {
      answer.resume();
      answer.once('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`${answer.statusCode}`)),
      );
    });
    call.once('error', reject);
    call.end();
  });
}

class Engine implements TestEngine {
  readonly socket: string;
  readonly host: string;
  readonly configFolder: string;
  readonly cli: TestEngine['cli'];
  private dockerd?: ChildProcess;
  private containerd?: ChildProcess;

  constructor(
    private readonly den: Den,
    private readonly network: { bridge: string; base: string },
    private readonly options: EngineOptions,
  ) {
    this.socket = join(den.folder, 'docker.sock');
    this.host = `unix://${this.socket}`;
    this.configFolder = join(den.folder, 'cli');
    mkdirSync(this.configFolder);
    this.cli = dockerCli(this);
  }

  async start(): Promise<void> {
    const { folder } = this.den;
    const containerd = await this.startContainerd();
    const args = [
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
      ...['--pidfile', join(folder, 'docker.pid'), '--host', this.host],
      ...['--containerd', containerd],
      ...['--bridge', this.network.bridge, '--default-address-pool', `base=${this.network.base}/20,size=24`],
      // Engines that run side by side would overwrite each other's firewall chains. docker-proxy carries
      // published ports without any, and containers need no way out to the Internet.
      ...['--iptables=false', '--ip-masq=false', '--ip-forward=false', '--userland-proxy=true'],
      ...['--shutdown-timeout', '3', ...(this.options.liveRestore ? ['--live-restore'] : [])],
      // A config file of the machine's own engine must not be read.
      ...['--config-file', this.writeConfig(), ...(this.options.args ?? [])],
    ];
    const { env } = this.options;
    this.dockerd = await startDaemon('dockerd', args, join(folder, 'dockerd.log'), {
      ready: 'API listen on',
      ...(env ? { env } : {}),
    });
    chmodSync(this.socket, 0o600);
    await ping(this.socket);
  }

  async kill(): Promise<void> {
    await endDaemon(this.dockerd, 'SIGKILL');
    await endDaemon(this.containerd, 'SIGKILL');
  }

  async restart(): Promise<void> {
    await endDaemon(this.dockerd, 'SIGTERM');
    await endDaemon(this.containerd, 'SIGTERM');
    await this.start();
  }

  async stop(): Promise<void> {
    await this.den.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  private writeConfig(): string {
    const path = join(this.den.folder, 'daemon.json');
    writeFileSync(path, `${JSON.stringify(this.options.config ?? {}, null, 2)}\n`);
    return path;
  }

  /**
   * dockerd could start a containerd itself, but would use the machine's own if there is one, and would not start
   * again after a crash for as long as its former containerd is an unreaped zombie.
   */
  private async startContainerd(): Promise<string> {
    const { folder } = this.den;
    const address = join(folder, 'containerd.sock');
    const config = join(folder, 'containerd.toml');
    const settings = [
      'version = 2',
      `root = ${JSON.stringify(join(folder, 'containerd'))}`,
      `state = ${JSON.stringify(join(folder, 'exec', 'containerd'))}`,
      'disabled_plugins = ["io.containerd.grpc.v1.cri"]',
      `[grpc]\naddress = ${JSON.stringify(address)}`,
    ];
    writeFileSync(config, `${settings.join('\n')}\n`);
    const log = join(folder, 'containerd.log');
    this.containerd = await startDaemon('containerd', ['--config', config], log, {
      ready: 'containerd successfully booted',
    });
    return address;
  }
}

/**
 * Starts a real dockerd with its own data, socket and network, so that several can run at once.
 * Published ports answer on 127.0.0.1. Needs root: see whyNoEngine().
 */
export async function startEngine(options: EngineOptions = {}): Promise<TestEngine> {
  const why = whyNoEngine();
  if (why) throw new Error(`No test engine: ${why}`);
  const { base, gateway } = await freeSubnet();
  const den = openDen(base);
  try {
    const bridge = `gantry${randomBytes(4).toString('hex')}`;
    await run('ip', ['link', 'add', bridge, 'type', 'bridge']);
    await run('ip', ['addr', 'add', `${gateway}/24`, 'dev', bridge]);
    await run('ip', ['link', 'set', bridge, 'up']);
    const engine = new Engine(den, { bridge, base }, options);
    await engine.start();
    return engine;
  } catch (error) {
    await den.close();
    throw error;
  }
}
