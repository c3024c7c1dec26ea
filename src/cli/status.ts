import { createRouterClient } from '@orpc/server';
import { dataFolder } from '#backend/folders';
import { createBackend } from '#backend/index';
import type { Client, ProjectionBatch, VmState } from '#contract';
import { isRunning } from '#contract/container-state';
import { timeLimit } from '#contract/time-limit';
import { commandsOf } from './problem-text';

/** How long an engine may take to tell what it holds. */
const limitMs = 10_000;

type Reset = Extract<ProjectionBatch, { type: 'reset' }>;

/** The first batch that says something final: the lists of a connected engine, or that there is none. */
async function firstAnswer(client: Client): Promise<Reset | null> {
  const stream = await client.projection.watch(undefined, { signal: timeLimit(limitMs) });
  let known: Reset | undefined;
  for await (const batch of stream) {
    known = afterBatch(known, batch);
    if (known && ((known.loaded && known.engine.facts) || known.engine.problem)) return known;
  }
  return known ?? null;
}

const afterBatch = (known: Reset | undefined, batch: ProjectionBatch): Reset | undefined => {
  if (batch.type === 'reset') return batch;
  return known && batch.engine ? { ...known, engine: batch.engine } : known;
};

/** The VM's state. */
export async function vmState(client: Client): Promise<VmState | null> {
  const over = new AbortController();
  for await (const state of await client.vm.watch(undefined, { signal: over.signal })) {
    over.abort();
    return state;
  }
  return null;
}

/** Docker host of the engine that Gantry uses: its own when that is chosen, running or not; null when none answers. */
export async function engineHost(client: Client): Promise<string | null> {
  const answer = await firstAnswer(client);
  if (answer?.engine.endpoint) return answer.engine.endpoint.host;
  const { engineChoice } = await client.app.settings();
  const own =
    engineChoice === 'vm'
      ? (await client.engine.endpoints()).find(({ source }) => source === 'Gantry VM')
      : undefined;
  return own?.host ?? null;
}

export async function runStatus(options: { json: boolean }): Promise<void> {
  const backend = createBackend(dataFolder());
  try {
    const client: Client = createRouterClient(backend.router);
    const answer = await firstAnswer(client);
    const vm = await vmState(client);
    const connected = answer?.engine.status === 'connected';
    process.exitCode = connected ? 0 : 1;
    const { endpoint = null, facts = null, problem = null } = answer?.engine ?? {};
    const counts = answer && {
      containers: answer.containers.length,
      running: answer.containers.filter(isRunning).length,
      images: answer.images.length,
      volumes: answer.volumes.length,
      networks: answer.networks.length,
    };
    if (options.json) {
      console.log(
        JSON.stringify({ connected, endpoint, facts, problem, vm, ...(connected && counts ? counts : {}) }),
      );
    } else if (connected && counts) {
      console.log(`${endpoint?.label ?? 'Engine'} ${facts?.version ?? ''} at ${endpoint?.host ?? ''}`);
      console.log(
        `${counts.containers} containers (${counts.running} running), ${counts.images} images, ${counts.volumes} volumes, ${counts.networks} networks`,
      );
    } else if (vm?.status === 'suspended') {
      console.log(
        "Gantry's own engine is asleep. A program that calls it wakes it, and so does `gantry start`.",
      );
    } else {
      console.log(problem?.title ?? 'No engine answers');
      if (problem) console.log([problem.explanation, ...commandsOf(problem)].join('\n'));
    }
    if (!options.json && vm) console.log(`Gantry's virtual machine: ${vm.status}`);
  } finally {
    await backend.close();
  }
}
