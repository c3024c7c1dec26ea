import type { Client, VmState } from '#contract';
import { confirmed, howToAgree } from './confirm';
import { withGantry } from './with-gantry';

/** One line per step on standard error, so that standard output stays for the answer. */
async function tellSteps(client: Client, signal: AbortSignal): Promise<void> {
  let told = '';
  for await (const { step } of await client.vm.watch(undefined, { signal })) {
    if (!step || step.name === told) continue;
    told = step.name;
    console.error(`${step.number}/${step.of} ${step.title}`);
  }
}

async function withSteps(client: Client, order: () => Promise<void>): Promise<void> {
  const over = new AbortController();
  const telling = tellSteps(client, over.signal).catch((error: unknown) => {
    if (!over.signal.aborted) throw error;
  });
  try {
    await order();
  } finally {
    over.abort();
    await telling;
  }
}

/** The state of a VM that was just started: the news of it may come a moment after the order's end. */
async function runningState(client: Client): Promise<VmState> {
  const over = new AbortController();
  for await (const state of await client.vm.watch(undefined, { signal: over.signal })) {
    if (state.status !== 'running') continue;
    over.abort();
    return state;
  }
  throw new Error('The virtual machine ended again');
}

export const runStart = (): Promise<void> =>
  withGantry(async (client) => {
    await withSteps(client, () => client.vm.start());
    const { startedInMs } = await runningState(client);
    const { socket, context } = await client.vm.details();
    const time = startedInMs === null ? '' : ` It took ${(startedInMs / 1000).toFixed(1)} s.`;
    console.log(
      `The engine runs.${time} Use it with: docker --context ${context} ps\nIts socket is ${socket}`,
    );
  });

export const runStop = (): Promise<void> =>
  withGantry(async (client) => {
    await client.vm.stop();
    console.log('The engine is stopped.');
  });

export const runRestart = (): Promise<void> =>
  withGantry(async (client) => {
    await withSteps(client, () => client.vm.restart());
    console.log('The engine runs.');
  });

export const runSuspend = (): Promise<void> =>
  withGantry(async (client) => {
    await client.vm.suspend();
    console.log(
      'The engine is suspended. It takes no processor time and no memory; `gantry start` wakes it.',
    );
  });

export const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

export const runDisk = (options: { trim: boolean; grow?: number; json: boolean }): Promise<void> =>
  withGantry(async (client) => {
    if (options.grow !== undefined) await client.vm.growDisk({ diskGiB: options.grow });
    const trimmed = options.trim ? await client.vm.trimDisk() : null;
    const { disk } = await client.vm.usage();
    if (options.json) {
      console.log(JSON.stringify({ disk, ...(trimmed ?? {}) }));
      return;
    }
    if (trimmed) console.log(`${mb(trimmed.freedBytes)} given back to this computer.`);
    if (!disk) console.log('There is no disk yet: the first start makes it.');
    else {
      const inside = disk.guestUsedBytes === null ? '' : `, ${mb(disk.guestUsedBytes)} used inside`;
      console.log(
        `${disk.path}: ${mb(disk.hostBytes)} here of at most ${mb(disk.sizeBytes)}${inside}, ${mb(disk.hostFreeBytes)} free beside it`,
      );
    }
  });

/** Names what a reset deletes; an engine that cannot be started cannot tell, and is what a reset is for. */
async function whatGoes(client: Client, exports: boolean): Promise<string> {
  try {
    const { containers, images, volumes, networks, diskBytes } = await client.vm.contents();
    const sized = volumes.map(({ name, bytes }) => (bytes === null ? name : `${name} (${mb(bytes)})`));
    const named = sized.length > 0 ? `: ${sized.join(', ')}` : '';
    return `This deletes ${containers} containers, ${images} images, ${networks} networks and ${volumes.length} volumes${named}. The disk takes ${mb(diskBytes)}. There is no way back.`;
  } catch (error) {
    // Volumes that cannot be read cannot be saved, either.
    if (exports) throw error;
    const why = error instanceof Error ? error.message : String(error);
    return `The engine cannot be started, so what is on its disk cannot be named (${why}). This deletes all of it: every container, image and volume. There is no way back.`;
  }
}

export const runReset = (options: { export?: string; yes: boolean }): Promise<void> =>
  withGantry(async (client) => {
    console.error(await whatGoes(client, options.export !== undefined));
    if (options.export) console.error(`The volumes are saved in ${options.export} first.`);
    if (!options.yes && !(await confirmed('Delete all of it?', 'delete'))) {
      console.error(`Nothing was deleted.${howToAgree()}`);
      process.exitCode = 1;
      return;
    }
    await client.vm.reset({ exportTo: options.export ?? null });
    console.log('The engine is as new. `gantry start` starts it.');
  });
