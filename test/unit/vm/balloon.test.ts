import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Balloon } from '#vm/memory';
import { Qmp } from '#vm/qemu/qmp';

const mib = 1024 ** 2;
const command = z.object({
  id: z.number(),
  execute: z.string(),
  arguments: z.object({ value: z.number().optional() }),
});

let folder: string;
let server: Server;
let qmp: Qmp;
let stop: AbortController;
const orders: number[] = [];
let ordered: () => void = () => undefined;

/** A monitor that notes what the guest shall have, in MiB. */
beforeEach(async () => {
  orders.length = 0;
  stop = new AbortController();
  folder = await mkdtemp(join(tmpdir(), 'gantry-test-'));
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('{"QMP":{"version":{}}}\n');
    createInterface({ input: socket })
      .on('error', () => undefined)
      .on('line', (line) => {
        const { id, execute, arguments: given } = command.parse(JSON.parse(line));
        socket.write(`${JSON.stringify({ id, return: {} })}\n`);
        if (execute !== 'balloon') return;
        orders.push((given.value ?? 0) / mib);
        ordered();
      });
  });
  await new Promise<void>((resolve) => server.listen(join(folder, 'qmp.sock'), resolve));
  qmp = await Qmp.connect(join(folder, 'qmp.sock'), AbortSignal.timeout(5000));
});
afterEach(async () => {
  stop.abort();
  qmp.close();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

const nextOrder = () =>
  new Promise<void>((resolve) => {
    ordered = resolve;
  });

function balloon(guestUsedBytes: () => Promise<number>, report: (error: unknown) => void = () => undefined) {
  return new Balloon({
    qmp,
    memoryBytes: 2048 * mib,
    guestUsedBytes,
    report,
    signal: stop.signal,
    idleMs: 30,
  });
}

describe('the balloon', () => {
  it('leaves an idle guest what it uses and a reserve, and gives all back at once', async () => {
    const inflated = nextOrder();
    const one = balloon(async () => 300.5 * mib);
    await inflated;
    expect(orders).toEqual([557]);
    const deflated = nextOrder();
    one.activity();
    await deflated;
    expect(orders).toEqual([557, 2048]);
    // And again when it is idle again.
    await nextOrder();
    expect(orders).toEqual([557, 2048, 557]);
  });

  it('never gives more than there is', async () => {
    const inflated = nextOrder();
    balloon(async () => 2000 * mib);
    await inflated;
    expect(orders).toEqual([2048]);
  });

  it('takes nothing when somebody comes while the guest is asked', async () => {
    const asked: ((bytes: number) => void)[] = [];
    let heard: () => void = () => undefined;
    const firstAsked = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const one = balloon(() => {
      heard();
      return new Promise((answer) => asked.push(answer));
    });
    await firstAsked;
    one.activity();
    asked[0]?.(100 * mib);
    // Another order would come after one that was given before.
    await qmp.execute('query-status', {}, z.unknown());
    expect(orders).toEqual([2048]);
  });

  it('takes nothing after it was closed', async () => {
    const one = balloon(async () => 300 * mib);
    await nextOrder();
    one.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(orders).toEqual([556, 2048]);
  });

  it('reports a guest that does not answer', async () => {
    const failure = await new Promise((resolve) =>
      balloon(() => Promise.reject(new Error('no link')), resolve),
    );
    expect(failure).toEqual(new Error('no link'));
    expect(orders).toEqual([]);
  });
});
