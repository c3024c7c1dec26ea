import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { buildImage, loadImage } from '../../harness/images';
import { type Figure, figure, rates, spread } from '../figure';
import { type BenchVm, openVm, timed, timeIn, timeInGuest } from './machine';
import { timePort } from './port';
import { timeCall } from './request';

const calls = 200;
const runs = 5;
const imageBytes = 100e6;
/** Where the guest keeps the archive: on its data disk. */
const archiveInGuest = '/data/bench.tar';

/** The engine through `run/docker.sock`, and published ports, beside the same inside the guest. */
export async function vmEngine(): Promise<Record<string, Figure>> {
  await using bench = await openVm();
  return {
    ...(await latency(bench)),
    ...(await images(bench)),
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

/** An image of one layer that does not compress, out and in again. */
async function images(bench: BenchVm): Promise<Record<string, Figure>> {
  const { cli, machine, configFolder } = bench;
  const { socket } = machine;
  const content = randomBytes(imageBytes);
  const recipe = { layers: [{ instruction: 'COPY noise /', files: [{ path: 'noise', content }] }], run: {} };
  await loadImage({ cli }, await buildImage(recipe), 'bench:latest');
  // The engine's own archive, whose layer is not compressed.
  const archive = join(configFolder, 'bench.tar');
  const file = createWriteStream(archive);
  await timeCall({ socket, path: '/images/bench/get', onPiece: (piece) => file.write(piece) });
  await new Promise<void>((resolve) => file.end(resolve));
  const megabytes = (await stat(archive)).size / 1e6;
  const [got, loaded, gotInside, loadedInside, started]: number[][] = [[], [], [], [], []];
  try {
    await copyIn(bench, archive);
    for (let run = 0; run < runs; run += 1) {
      got?.push(await timeCall({ socket, path: '/images/bench/get' }));
      gotInside?.push(await timeInGuest(bench, 'docker save bench >/dev/null'));
      await cli(['rmi', 'bench']);
      const body = createReadStream(archive, { highWaterMark: 1 << 20 });
      loaded?.push(await timeCall({ socket, path: '/images/load?quiet=1', method: 'POST', body }));
      await cli(['rmi', 'bench']);
      loadedInside?.push(await timeInGuest(bench, `docker load -q -i ${archiveInGuest}`));
      started?.push(await timeInGuest(bench, 'docker image ls -q >/dev/null'));
    }
  } finally {
    await rm(archive);
    await machine.inGuest('rm', '-f', archiveInGuest);
  }
  const cliTakes = `there the docker CLI is the client, which takes ${Math.round(spread(started ?? []).median)} ms for nothing`;
  return {
    'image-load': rates(megabytes, loaded ?? [], {
      beside: { 'inside the guest': rates(megabytes, loadedInside ?? []) },
      note: `${Math.round(megabytes)} MB through our socket; ${cliTakes}`,
    }),
    'image-get': rates(megabytes, got ?? [], {
      beside: { 'inside the guest': rates(megabytes, gotInside ?? []) },
      note: cliTakes,
    }),
  };
}

async function copyIn({ machine: { vm } }: BenchVm, path: string): Promise<void> {
  const request = { argv: ['sh', '-c', `cat >${archiveInGuest}`], tty: null };
  const program = await vm.run(request, new AbortController().signal);
  program.stdout.resume();
  program.stderr.resume();
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), program.stdin);
  if ((await program.exited) !== 0) throw new Error('The archive could not be copied into the guest');
}

async function runWarm(bench: BenchVm): Promise<Record<string, Figure>> {
  const command = ['run', '--rm', 'hello', 'true'];
  const [outside, inside]: [number[], number[]] = [[], []];
  // The first one reads the programs from the disk.
  for (let run = -1; run < runs; run += 1) {
    const began = performance.now();
    await bench.cli(command);
    const took = performance.now() - began;
    const script = timed(`docker ${command.join(' ')}`);
    const tookInside = timeIn(await bench.machine.inGuest('sh', '-c', script));
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
