import { IncomingMessage } from 'node:http';
import type Dockerode from 'dockerode';
import { z } from 'zod';
import type { EngineFacts } from '#contract';
import { type Problem, ProblemError } from '#contract/problem';
import { ask } from './ask';
import { chooseEngine, reconnect } from './catalogue/actions';
import type { Candidate } from './endpoints';
import { openTransport } from './transport';

/** API versions of the Docker Engine that Gantry knows: 20.10 speaks the oldest. */
export const oldestApi = '1.41';
export const newestApi = '1.56';

/** An engine that answered, spoken to in the version that both sides know. */
export interface Contact {
  candidate: Candidate;
  docker: Dockerode;
  apiVersion: string;
  /** Podman answers to the same API, with its own names for some events. */
  podman: boolean;
}

/** Negative, zero or positive, as for sort. Versions are two numbers, not a fraction: 1.9 is older than 1.41. */
export function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}

const tooOld = (theirs: string): Problem => ({
  code: 'engine-too-old',
  title: 'The engine is too old for Gantry',
  explanation: `It speaks API ${theirs}; Gantry needs ${oldestApi}, which Docker Engine 20.10 has. Update the engine.`,
  actions: [reconnect, chooseEngine],
});

const headers = z.object({
  'api-version': z.string().regex(/^\d+\.\d+$/),
  'libpod-api-version': z.string().optional(),
});

/** The engine's greeting: its headers tell what it is. */
function greet(docker: Dockerode, signal: AbortSignal): Promise<z.infer<typeof headers>> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        path: '/_ping',
        method: 'GET',
        isStream: true,
        abortSignal: signal,
        statusCodes: { 200: true, 500: 'server error' },
      },
      (error: unknown, answer: unknown) => {
        if (error) return reject(error);
        if (!(answer instanceof IncomingMessage)) return reject(new Error('/_ping: no answer'));
        // The body says "OK" and nothing else; an abort after this point breaks it, which is no failure.
        answer.once('error', () => undefined);
        answer.resume();
        const parsed = headers.safeParse(answer.headers);
        if (parsed.success) resolve(parsed.data);
        else {
          reject(
            new Error('/_ping: the answer is not what the Docker API promises', { cause: parsed.error }),
          );
        }
      },
    );
  });
}

/** Says hello at this endpoint and agrees on the API version. */
export async function contact(candidate: Candidate, signal: AbortSignal): Promise<Contact> {
  const greeting = await greet(await openTransport(candidate), signal);
  const theirs = greeting['api-version'];
  if (compareVersions(theirs, oldestApi) < 0) throw new ProblemError(tooOld(theirs));
  const apiVersion = compareVersions(theirs, newestApi) < 0 ? theirs : newestApi;
  return {
    candidate,
    docker: await openTransport(candidate, apiVersion),
    apiVersion,
    podman: greeting['libpod-api-version'] !== undefined,
  };
}

const versionAnswer = z.object({ Version: z.string(), Os: z.string(), Arch: z.string() });
const infoAnswer = z.object({
  Name: z.string().catch(''),
  NCPU: z.number().catch(0),
  MemTotal: z.number().catch(0),
  SecurityOptions: z.array(z.string()).nullish().catch(null),
});

/** What the engine says about itself and its machine. */
export async function readFacts({ docker, apiVersion }: Contact, signal: AbortSignal): Promise<EngineFacts> {
  const [version, info] = await Promise.all([
    ask(docker, { path: '/version', answer: versionAnswer, signal }),
    ask(docker, { path: '/info', answer: infoAnswer, signal }),
  ]);
  return {
    version: version.Version,
    apiVersion,
    os: version.Os,
    arch: version.Arch,
    cpus: info.NCPU,
    memoryBytes: info.MemTotal,
    name: info.Name,
    rootless: (info.SecurityOptions ?? []).some((option) => option.startsWith('name=rootless')),
  };
}
