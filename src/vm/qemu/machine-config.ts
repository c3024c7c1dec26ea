import type { Accelerator } from '#contract';
import type { Places } from '../places';
import type { GuestNetwork } from './guest-network';

/** Everything that QEMU is told about one machine. Paths are absolute. */
export interface MachineConfig {
  arch: 'amd64' | 'arm64';
  accelerator: Accelerator;
  cpus: number;
  memoryMiB: number;
  kernel: string;
  initrd: string;
  /** The guest's read-only root image. */
  root: string;
  /** The data disk, a raw file. */
  data: string;
  kernelArguments: string;
  /** What the guest reads as `opt/gantry/config`. */
  configFile: string;
  /** Extra certificate authorities, `opt/gantry/ca.pem`; null where there are none. */
  caFile: string | null;
  /** Served when the machine starts. Each takes one of the sockets for shares. */
  shares: Share[];
  /**
   * How many shared folders there can be while the machine runs. Part of a suspended state: a resumed machine has
   * as many, with nothing in them, and folders are plugged in again afterwards.
   */
  shareSlots: number;
  network: GuestNetwork;
  places: Pick<Places, 'qmpSocket' | 'linkSocket' | 'aliveSocket' | 'serialLog'>;
  /** `defer` for a machine that waits for a suspended state (`loadState`), null for a cold boot. */
  incoming: 'defer' | null;
}

/** A folder of this computer on its way into the guest: by a virtiofsd that listens on `socket`. */
export interface Share {
  tag: string;
  socket: string;
}
