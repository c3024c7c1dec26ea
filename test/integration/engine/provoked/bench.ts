import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Dockerode from 'dockerode';
import type { Problem } from '#contract/problem';
import type { ProblemContext } from '#engine/catalogue/entry';
import { containerDetails } from '#engine/details';
import { toProblem } from '#engine/problems';
import type { TestEngine } from '../../../harness/engine';

/** What provoking an error needs. */
export interface Bench {
  engine: TestEngine;
  docker: Dockerode;
  /** Called in reverse order when the error was seen. */
  after(undo: () => Promise<unknown>): void;
  /** Creates a container of gantry-test/hello, or as it is told, and removes it in the end. */
  create(body?: Record<string, unknown>): Promise<Dockerode.Container>;
  /** Starts it and waits for its end. */
  ended(body: Record<string, unknown>): Promise<Problem>;
  /** As the details page tells it. */
  whyOf(container: Dockerode.Container): Promise<Problem>;
  /** What is told about a call that the engine refuses. */
  refused(work: Promise<unknown>, context?: ProblemContext): Promise<Problem>;
}

/** Provokes an error for real and gives what Gantry tells about it. */
export type Provoke = (bench: Bench) => Promise<Problem>;

export const sh = (script: string) => ({ Cmd: ['/bin/sh', '-c', script] });

export function openBench(engine: TestEngine): Bench & AsyncDisposable {
  const docker = new Dockerode({ socketPath: engine.socket });
  const undo: (() => Promise<unknown>)[] = [];
  const platform = `linux/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`;
  const bench: Bench = {
    engine,
    docker,
    after: (work) => undo.push(work),
    create: async (body = {}) => {
      const container = await docker.createContainer({ Image: 'gantry-test/hello', ...body });
      undo.push(() => container.remove({ force: true, v: true }));
      return container;
    },
    ended: async (body) => {
      const container = await bench.create(body);
      await container.start();
      await container.wait();
      return bench.whyOf(container);
    },
    whyOf: async ({ id }) => {
      const { why } = await containerDetails(docker, { id, enginePlatform: platform });
      if (!why) throw new Error('There is nothing to explain');
      return why;
    },
    refused: async (work, context) => {
      try {
        await work;
      } catch (error) {
        return toProblem(error, context);
      }
      throw new Error('It was not refused');
    },
  };
  return {
    ...bench,
    [Symbol.asyncDispose]: async () => {
      for (const work of undo.reverse()) await work().catch(() => undefined);
    },
  };
}

/** A small server in place of a registry or an engine, at an address of this computer. */
export async function standIn(
  { after }: Bench,
  answer: RequestListener,
  host = '127.0.0.1',
): Promise<string> {
  const server = createServer(answer);
  server.listen(0, host);
  await once(server, 'listening');
  after(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the docker CLI complains about; `uid` is the user who calls it. */
export function complaint({ engine }: Bench, args: string[], uid?: number): Promise<string> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, DOCKER_HOST: engine.host, HOME: '/nonexistent' };
    execFile('docker', args, { uid, env, cwd: '/' }, (_error, _printed, said) => resolve(said));
  });
}
