import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Figure, rates } from '../figure';
import { type BenchVm, timeInGuest } from './machine';

const runs = 5;
const megabytes = 100;
const piece = Buffer.alloc(1e6);

/** Port 9000 sends 100 MB to whoever connects; port 9001 takes what comes, and says so at its end. */
const server =
  `nc -ll -p 9000 -e dd if=/dev/zero bs=1000000 count=${megabytes} & ` +
  `nc -ll -p 9001 -e sh -c "cat >/dev/null; echo taken" & wait`;

/** A published TCP port, 100 MB each way, beside the same from inside the guest. */
export async function timePort(bench: BenchVm): Promise<Record<string, Figure>> {
  const { cli } = bench;
  const name = 'bench-port';
  await cli([
    ...['run', '--detach', '--rm', '--init', '--name', name],
    ...['--publish', '127.0.0.1::9000', '--publish', '127.0.0.1::9001', 'hello', 'sh', '-c', server],
  ]);
  try {
    const address = await cli(['inspect', '-f', '{{.NetworkSettings.IPAddress}}', name]);
    const portOf = async (inside: number) =>
      Number((await cli(['port', name, `${inside}`])).split(':').pop());
    const [from, to] = [await portOf(9000), await portOf(9001)];
    const [received, sent, receivedInside]: [number[], number[], number[]] = [[], [], []];
    for (let run = 0; run < runs; run += 1) {
      received.push(await receive(from));
      sent.push(await send(to));
      receivedInside.push(await timeInGuest(bench, `nc ${address} 9000 </dev/null >/dev/null`));
    }
    return {
      'port-throughput': rates(megabytes, received, {
        beside: {
          'into the container': rates(megabytes, sent),
          'out, inside the guest': rates(megabytes, receivedInside),
        },
        note: `out of the container; ${megabytes} MB each`,
      }),
    };
  } finally {
    await cli(['rm', '--force', name]);
  }
}

async function receive(port: number): Promise<number> {
  const began = performance.now();
  const socket = connect(port, '127.0.0.1');
  let bytes = 0;
  for await (const part of socket) bytes += part.length;
  if (bytes !== megabytes * 1e6) throw new Error(`${bytes} bytes came out of the port`);
  return performance.now() - began;
}

async function send(port: number): Promise<number> {
  const began = performance.now();
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const taken = once(socket, 'data');
  await pipeline(Readable.from(Array.from({ length: megabytes }, () => piece)), socket, { end: true });
  await taken;
  socket.destroy();
  return performance.now() - began;
}
