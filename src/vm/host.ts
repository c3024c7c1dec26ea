import { statfs } from 'node:fs/promises';
import { availableParallelism, homedir, totalmem } from 'node:os';
import type { VmHost, VmSettings } from '#contract';

const mib = 1024 ** 2;
const gib = 1024 ** 3;

const memoryMiB = () => Math.floor(totalmem() / mib);

/** Rounded down to a whole GiB, so that sliders and sentences show round numbers. */
const wholeGib = (amountMiB: number) => Math.max(1, Math.floor(amountMiB / 1024)) * 1024;

/**
 * What a new user gets: half the processors (never fewer than two, where there are two), a quarter of the memory
 * between 2 and 8 GiB but at most half of it, a disk that only takes what is used, and the home folder shared.
 */
export function defaultVmSettings(): VmSettings {
  const cores = availableParallelism();
  const memory = memoryMiB();
  return {
    cpus: Math.min(cores, Math.max(2, Math.floor(cores / 2))),
    memoryMiB: Math.min(wholeGib(Math.min(Math.max(memory / 4, 2048), 8192)), wholeGib(memory / 2)),
    swapMiB: 1024,
    diskGiB: 64,
    diskFolder: null,
    idleMinutes: 15,
    returnMemory: true,
    folders: [{ path: homedir(), writable: true }],
    portsOn: 'loopback',
    hostAccess: false,
    dns: null,
    proxy: { mode: 'system', http: '', https: '', except: '' },
    certificates: [],
    engineConfig: '',
    keepRunning: true,
  };
}

/** What this computer has, and the ranges within which both it and the VM stay usable. */
export async function hostResources(diskFolder: string): Promise<Omit<VmHost, 'problem'>> {
  const cores = availableParallelism();
  const memory = memoryMiB();
  const disk = await statfs(diskFolder);
  const diskFreeGiB = Math.floor((disk.bavail * disk.bsize) / gib);
  return {
    cpus: cores,
    memoryMiB: memory,
    diskFreeGiB,
    good: {
      cpus: [Math.max(1, Math.ceil(cores / 3)), Math.max(1, Math.ceil((cores * 2) / 3))],
      memoryMiB: [Math.min(2048, memory), wholeGib(memory / 2)],
      diskGiB: [32, Math.max(32, Math.floor(diskFreeGiB * 0.75))],
    },
  };
}
