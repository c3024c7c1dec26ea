import { Agent } from 'node:http';
import { type Figure, figure, spread } from '../figure';
import { type BenchVm, openVm, timeInGuest } from './machine';
import { timePort } from './port';
import { timeCall } from './request';

const calls = 200;
const runs = 5;

/** The engine through `run/docker.sock`, and published ports, beside the same inside the guest. */
export async function vmEngine(): Promise<Record<string, Figure>> {
  await using bench = await openVm();
  return {
    ...(await latency(bench)),
    ...(await timePort(bench)),
    ...(await runWarm(bench)),
  };
}

async function latency({ machine: { socket } }: BenchVm): Promise<Record<string, Figure>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const [kept, fresh]: [number[], number[]] = [[], []];
    for (let call = 0; call < calls; call += 1) kept.push(await timeCall({ socket, path: '/_ping', agent }));
    for (let call = 0; call < calls; call += 1) fresh.push(await timeCall({ socket, path: '/_ping' }));
    return {
      'api-latency': figure('ms', kept, {
        beside: { 'with a new connection': spread(fresh) },
        note: 'GET /_ping on a kept connection',
      }),
    };
  } finally {
    agent.destroy();
  }
}

async function runWarm(bench: BenchVm): Promise<Record<string, Figure>> {
  const command = ['run', '--rm', 'hello', 'true'];
  const [outside, inside]: [number[], number[]] = [[], []];
  // The first one reads the programs from the disk.
  for (let run = -1; run < runs; run += 1) {
    const began = performance.now();
    await bench.cli(command);
    const took = performance.now() - began;
    const tookInside = await timeInGuest(bench, `docker ${command.join(' ')}`);
    if (run < 0) continue;
    outside.push(took);
    inside.push(tookInside);
  }
  return {
    'run-warm': figure('ms', outside, {
      beside: { 'inside the guest': spread(inside) },
      note: '`docker run --rm` of a local image, with the docker CLI',
    }),
  };
}
