import { readFile } from 'node:fs/promises';
import { Agent as HttpsAgent } from 'node:https';
import { join } from 'node:path';
import Dockerode from 'dockerode';
import { timeLimit } from '#contract/time-limit';
import type { TlsMaterial } from './docker-contexts';
import type { Candidate } from './endpoints';
import { missingByName } from './engine-path';
import { SshAgent } from './ssh-agent';

/** A read that takes longer means a stuck engine; `/system/df` walks the disk and may take minutes. */
const READ_LIMIT_MS = 30_000;
const SLOW_READ = /^(?:\/v[\d.]+)?\/system\/df/;

interface DialOptions {
  path: string;
  method: string;
  isStream?: boolean;
  hijack?: boolean;
  abortSignal?: AbortSignal;
}
type Dial = (options: DialOptions, done: (error: unknown, answer: unknown) => void) => void;

/**
 * Gives every read of this engine a time limit, whoever makes it; streams and changes have owners that end them.
 * Names that would make another address never reach the engine.
 */
function guardCalls(docker: Dockerode): void {
  const dial: Dial = docker.modem.dial.bind(docker.modem);
  const guarded: Dial = (options, done) => {
    const missing = missingByName(options.path);
    if (missing) return done(missing, null);
    const read = options.method === 'GET' && !options.isStream && !options.hijack;
    if (!read || SLOW_READ.test(options.path)) return dial(options, done);
    const abortSignal = timeLimit(READ_LIMIT_MS, options.abortSignal);
    return dial({ ...options, abortSignal }, done);
  };
  docker.modem.dial = guarded;
}

const fileOrNothing = async (path: string) => {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

async function tlsFiles({ folder }: TlsMaterial) {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => fileOrNothing(join(folder, name))),
  );
  return { ca, cert, key };
}

/** docker-modem reads DOCKER_HOST and its relatives itself, and throws when they are wrong; the candidate decides. */
function withoutVariables<T>(make: () => T): T {
  const { DOCKER_HOST } = process.env;
  delete process.env.DOCKER_HOST;
  try {
    return make();
  } finally {
    if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST;
  }
}

type ConnectionOptions = Dockerode.DockerOptions & { agent?: SshAgent | HttpsAgent };

async function connectionOptions(candidate: Candidate): Promise<ConnectionOptions> {
  const { host, tls } = candidate;
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) };
  if (host.startsWith('npipe://')) return { socketPath: host.slice('npipe://'.length) };
  // The name is only for the Host header: the agent's connection leads to the engine.
  if (host.startsWith('ssh://')) return { host: 'docker', protocol: 'http', agent: new SshAgent(host) };
  if (!host.startsWith('tcp://')) {
    throw new Error(`${host} is not a Docker host: it begins with unix://, tcp://, npipe:// or ssh://`);
  }
  const { hostname, port } = new URL(host.replace(/^tcp:/, 'http:'));
  if (!tls) return { host: hostname, port: port || 2375, protocol: 'http' };
  const files = await tlsFiles(tls);
  const agent = tls.verify ? {} : { agent: new HttpsAgent({ rejectUnauthorized: false }) };
  return { host: hostname, port: port || 2376, protocol: 'https', ...files, ...agent };
}

/**
 * A client for this endpoint. Nothing is asked yet.
 * @param version API version such as `1.41`; without it the engine's own newest is used.
 */
export async function openTransport(candidate: Candidate, version?: string): Promise<Dockerode> {
  const options = await connectionOptions(candidate);
  const docker = withoutVariables(
    () => new Dockerode({ ...options, ...(version ? { version: `v${version}` } : {}) }),
  );
  guardCalls(docker);
  return docker;
}
