import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { buildImage, loadImage } from '../../harness/images';
import { type Figure, rates, spread } from '../figure';
import { type BenchVm, openVm, timeInGuest } from './machine';
import { timeCall } from './request';

const runs = 5;
const imageBytes = 100e6;
/** Where the guest keeps the archive: on its data disk. */
const archiveInGuest = '/data/bench.tar';

/** An image of one layer that does not compress, out and in again, beside the same inside the guest. */
export async function vmImages(): Promise<Record<string, Figure>> {
  await using bench = await openVm();
  const { cli, machine } = bench;
  const { socket } = machine;
  const content = randomBytes(imageBytes);
  const recipe = { layers: [{ instruction: 'COPY noise /', files: [{ path: 'noise', content }] }], run: {} };
  await loadImage({ cli }, await buildImage(recipe), 'bench:latest');
  // The engine's own archive, whose layer is not compressed.
  const archive = join(bench.work, 'bench.tar');
  const file = createWriteStream(archive);
  await timeCall({ socket, path: '/images/bench/get', onPiece: (piece) => file.write(piece) });
  await new Promise<void>((resolve) => file.end(resolve));
  const megabytes = (await stat(archive)).size / 1e6;
  const [got, gotInside]: [number[], number[]] = [[], []];
  const [loaded, loadedInside, started]: [number[], number[], number[]] = [[], [], []];
  await copyIn(bench, archive);
  for (let run = 0; run < runs; run += 1) {
    got.push(await timeCall({ socket, path: '/images/bench/get' }));
    gotInside.push(await timeInGuest(bench, 'docker save bench >/dev/null'));
    await cli(['rmi', 'bench']);
    const body = createReadStream(archive, { highWaterMark: 1 << 20 });
    loaded.push(await timeCall({ socket, path: '/images/load?quiet=1', method: 'POST', body }));
    await cli(['rmi', 'bench']);
    loadedInside.push(await timeInGuest(bench, `docker load -q -i ${archiveInGuest}`));
    started.push(await timeInGuest(bench, 'docker image ls -q >/dev/null'));
  }
  const cliTakes = `there the docker CLI is the client, which takes ${Math.round(spread(started).median)} ms for nothing`;
  return {
    'image-load': rates(megabytes, loaded, {
      beside: { 'inside the guest': rates(megabytes, loadedInside) },
      note: `${Math.round(megabytes)} MB through our socket; ${cliTakes}`,
    }),
    'image-get': rates(megabytes, got, {
      beside: { 'inside the guest': rates(megabytes, gotInside) },
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
