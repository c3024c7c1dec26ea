import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openDen } from './den';
import { freePort } from './free-port';
import { findProgram } from './run';

const START_LIMIT_MS = 30_000;

export interface ProxyOptions {
  /** The only port of other computers to which it opens a way. */
  to: number;
  /** Whom it lets in; everybody unless it says so. */
  credentials?: { name: string; password: string };
}

export interface TestProxy extends AsyncDisposable {
  port: number;
  /** What it wrote down so far: a line for each request. */
  said: string[];
}

/** Why no proxy can be started here; undefined when one can. */
export const whyNoProxy = (): string | undefined =>
  findProgram('tinyproxy') ? undefined : 'tinyproxy is not installed';

/** Starts a real proxy (tinyproxy) on loopback. */
export async function startProxy({ to, credentials }: ProxyOptions): Promise<TestProxy> {
  const why = whyNoProxy();
  if (why) throw new Error(`No proxy: ${why}`);
  const den = openDen();
  const port = await freePort();
  const config = join(den.folder, 'tinyproxy.conf');
  const settings = [
    ...[`Port ${port}`, 'Listen 127.0.0.1', 'Timeout 60', 'MaxClients 20', 'LogLevel Info'],
    `ConnectPort ${to}`,
    ...(credentials ? [`BasicAuth ${credentials.name} ${credentials.password}`] : []),
  ];
  writeFileSync(config, `${settings.join('\n')}\n`, { mode: 0o600 });
  const child = spawn('tinyproxy', ['-d', '-c', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  const stop = () => den.close();
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (reason: string) => reject(new Error(`tinyproxy ${reason}:\n${said.join('\n')}`));
      const limit = setTimeout(() => fail('did not become ready'), START_LIMIT_MS);
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          said.push(line);
          if (!line.includes('Accepting connections')) return;
          clearTimeout(limit);
          resolve();
        });
      }
      child.once('error', (error) => fail(error.message));
      child.once('exit', (code) => fail(`ended with ${code}`));
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, said, [Symbol.asyncDispose]: stop };
}

/** Why no SOCKS proxy can be started here; undefined when one can. */
export const whyNoSocksProxy = (): string | undefined =>
  findProgram('microsocks') ? undefined : 'microsocks is not installed';

/** Starts a real SOCKS proxy (microsocks) on loopback. It opens a way to everywhere. */
export async function startSocksProxy(credentials?: ProxyOptions['credentials']): Promise<TestProxy> {
  const port = await freePort();
  const signIn = credentials ? ['-u', credentials.name, '-P', credentials.password] : [];
  const child = spawn('microsocks', ['-i', '127.0.0.1', '-p', String(port), ...signIn], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const ended = once(child, 'exit');
  // It does not say when it listens.
  while (!(await accepts(port))) {
    if (child.exitCode !== null)
      throw new Error(`microsocks ended with ${child.exitCode}: ${said.join(' ')}`);
  }
  return {
    port,
    said,
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => setTimeout(() => resolve(false), 20));
  });
