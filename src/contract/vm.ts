import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { instant, procedure } from './base';
import { problem } from './problem';
import { maxDiskGiB, maxEngineConfigLength, maxSharedFolders } from './vm-limits';

/** A program, its version and its licence, as the guest image's manifest names them. */
const guestPackage = z.object({ name: z.string(), version: z.string(), licence: z.string() });

/**
 * What software or hardware runs the guest's instructions. `kvm` is Linux's, `hvf` macOS's, `whpx` Windows'; `tcg`
 * is QEMU's own emulation, which works everywhere and is many times slower.
 */
export const accelerator = z.enum(['kvm', 'hvf', 'whpx', 'tcg']);
export type Accelerator = z.infer<typeof accelerator>;

/** The steps of a start, in their order. The guest names the later ones itself, on its serial line. */
export const bootStep = z.enum([
  'image',
  'machine',
  'kernel',
  'disk',
  'network',
  'containerd',
  'engine',
  'ready',
]);
export type BootStep = z.infer<typeof bootStep>;

export const vmStatus = z.enum([
  /** There is no guest image, so no VM can be made. */
  'absent',
  /** The guest image is being built or unpacked. */
  'building',
  'stopped',
  'starting',
  'running',
  'suspending',
  'suspended',
  'resuming',
  'stopping',
  'failed',
]);
export type VmStatus = z.infer<typeof vmStatus>;

export const vmState = z.object({
  status: vmStatus,
  since: instant,
  /** Why it is in this state, in plain words: "Started by the first call of a program", "Idle for 15 minutes". */
  reason: z.string().nullable(),
  /** What is being done; null while nothing is. */
  step: z
    .object({ name: bootStep, title: z.string(), number: z.number(), of: z.number(), since: instant })
    .nullable(),
  /**
   * Set while `failed`: the step, the cause in plain words, the last serial lines in `detail`, what to do. Set while
   * `running`, too, when the machine stands still because this computer cannot write its disk, or its engine started
   * without the configuration that it was given.
   */
  problem: problem.nullable(),
  accelerator: z.object({ name: accelerator, why: z.string() }).nullable(),
  /** Milliseconds from the spawn of QEMU (or the order to resume) to the engine's answer; null before. */
  startedInMs: z.number().nullable(),
  /** Unexpected ends since the last wished start, and the last one's reason. */
  crashes: z.object({ count: z.number(), last: z.string().nullable() }),
  /** What the running machine was given, which differs from the settings until it is started again. */
  resources: z
    .object({
      cpus: z.number(),
      /** How many processors it really has of these: fewer where an old QEMU emulates; the accelerator's `why` says so. */
      processors: z.number(),
      memoryMiB: z.number(),
      swapMiB: z.number(),
    })
    .nullable(),
});
export type VmState = z.infer<typeof vmState>;

/** Read when asked for: the running guest's and the host's view of memory and disk. */
export const vmUsage = z.object({
  memory: z
    .object({
      /** What programs in the guest use: total less available. */
      guestUsedBytes: z.number(),
      guestTotalBytes: z.number(),
      /** What the QEMU process holds of this computer's memory (proportional set size where it can be read). */
      hostHeldBytes: z.number(),
    })
    .nullable(),
  disk: z
    .object({
      /** Where the data disk's file is. */
      path: z.string(),
      /** Size that the guest sees. */
      sizeBytes: z.number(),
      /** Room that the file takes on this computer. */
      hostBytes: z.number(),
      /** What the guest's file system uses; null while the VM does not run. */
      guestUsedBytes: z.number().nullable(),
      /** Free room on this computer beside it. */
      hostFreeBytes: z.number(),
    })
    .nullable(),
});
export type VmUsage = z.infer<typeof vmUsage>;

const openPort = z.object({
  protocol: z.enum(['tcp', 'udp']),
  /** Addresses of this computer that listen. */
  addresses: z.array(z.string()),
  port: z.number(),
  /** Where it leads inside the VM: `172.17.0.2:80`. */
  target: z.string(),
});
export type OpenPort = z.infer<typeof openPort>;

export const vmDetails = z.object({
  guest: z
    .object({ id: z.string(), arch: z.string(), builtAt: z.string(), packages: z.array(guestPackage) })
    .nullable(),
  qemuVersion: z.string().nullable(),
  /**
   * Of the last start, in order: when each step began, in milliseconds after the spawn; while a start is under way, of
   * that one, after its order.
   */
  timeLine: z.array(z.object({ step: bootStep, title: z.string(), atMs: z.number() })),
  /** The last 64 KiB of the guest's serial line. */
  serialLog: z.string(),
  ports: z.array(openPort),
  /** The docker context that leads here, and its socket. */
  context: z.string(),
  socket: z.string(),
});
export type VmDetails = z.infer<typeof vmDetails>;

/** A folder of this computer that the guest sees at the same path. */
export const sharedFolder = z.object({ path: z.string(), writable: z.boolean() });

export const vmSettings = z.object({
  /** Virtual processors. Needs a restart. */
  cpus: z.number().int().min(1).max(64),
  /** Upper limit of the guest's memory. Needs a restart. */
  memoryMiB: z.number().int().min(512),
  /** Spare memory on the data disk; 0 is none. Needs a restart. */
  swapMiB: z.number().int().min(0).max(65_536).default(0),
  /** Size that the guest sees; it can only grow. Applies live. */
  diskGiB: z.number().int().min(4).max(maxDiskGiB),
  /** Folder for the data disk; null is Gantry's own. Needs a restart. */
  diskFolder: z.string().nullable(),
  /** Suspend after so many minutes without a running container; null never does. Applies live. */
  idleMinutes: z.number().int().min(1).nullable(),
  /** Give unused memory back while idle. Applies live. */
  returnMemory: z.boolean(),
  /** Needs a restart. */
  folders: z.array(sharedFolder).max(maxSharedFolders),
  /** Who may connect to ports that are published without an address. Applies to ports that open later. */
  portsOn: z.enum(['loopback', 'network']),
  /** Whether containers may reach this computer as `host.docker.internal`. Applies live. */
  hostAccess: z.boolean(),
  /** IPv4 addresses of name servers, as the guest has no other way out; null follows this computer. Needs a restart. */
  dns: z.array(z.ipv4()).nullable(),
  /** For pulls, pushes and builds. `system` takes this computer's variables. Needs a restart. */
  proxy: z.object({
    mode: z.enum(['none', 'system', 'manual']),
    http: z.string(),
    https: z.string(),
    except: z.string(),
  }),
  /** PEM files of certificate authorities that the engine trusts, too. Needs a restart. */
  certificates: z.array(z.string()),
  /**
   * The engine's daemon.json, as it was typed; empty is none. `vm.configureEngine` applies it; else it counts from the
   * VM's next start, and is left out there when the engine does not come up with it.
   */
  engineConfig: z.string().max(maxEngineConfigLength).default(''),
  /** Whether the VM goes on when Gantry is closed. Applies live. */
  keepRunning: z.boolean(),
});
export type VmSettings = z.infer<typeof vmSettings>;

/** The settings that decide how the engine reaches out, as a form has them before they are applied. */
export const proxyDraft = vmSettings.pick({ proxy: true, dns: true, certificates: true });
export type ProxyDraft = z.infer<typeof proxyDraft>;

const proxyStep = z.object({
  /**
   * In their order: the address of the proxy is read, its name is looked up, it is connected to, and greeted over TLS if
   * its address says so; it is asked for a way to the registry; the registry is greeted over TLS, and asked. Without a
   * proxy the name and the connection are the registry's, and what is the proxy's alone is left out.
   */
  name: z.enum(['address', 'name', 'connection', 'proxy-encryption', 'tunnel', 'encryption', 'registry']),
  result: z.enum(['ok', 'failed']),
  /** What was found, in a few words; the problem's title when it failed. */
  fact: z.string(),
  /** Milliseconds that the step took. */
  ms: z.number(),
});
export type ProxyStep = z.infer<typeof proxyStep>;

/** How far the way to Docker Hub leads. Users and passwords of proxies are in none of its texts. */
export const proxyTrial = z.object({
  /** `http://proxy.example:3128`; null when Docker Hub is reached directly, or the address cannot be read. */
  through: z.string().nullable(),
  /** Sentences: why it is reached directly, what else has a say. */
  notes: z.array(z.string()),
  /** Those that were taken; only the last can have failed. */
  steps: z.array(proxyStep),
  /**
   * Why it leads no further; null when the registry answered. Its actions of the kind `change` have the fields
   * `proxy.host` (a host in place of that in the proxy's address) and `hostAccess`.
   */
  problem: problem.nullable(),
  /** Milliseconds of all steps. */
  ms: z.number(),
});
export type ProxyTrial = z.infer<typeof proxyTrial>;

/** What this computer has to give, and what would be sensible. */
export const vmHost = z.object({
  cpus: z.number(),
  memoryMiB: z.number(),
  diskFreeGiB: z.number(),
  good: z.object({
    cpus: z.tuple([z.number(), z.number()]),
    memoryMiB: z.tuple([z.number(), z.number()]),
    diskGiB: z.tuple([z.number(), z.number()]),
  }),
  /** Null when a VM can run here, else why not: QEMU is missing, there is no guest image. */
  problem: problem.nullable(),
});
export type VmHost = z.infer<typeof vmHost>;

/** What a reset would delete. */
export const vmContents = z.object({
  containers: z.number(),
  images: z.number(),
  volumes: z.array(z.object({ name: z.string(), bytes: z.number().nullable() })),
  networks: z.number(),
  diskBytes: z.number(),
});
export type VmContents = z.infer<typeof vmContents>;

/** Every order resolves when it is carried out and fails with the reason; the state says how far it is. */
export const vmContract = {
  /** The present state first, then each change. */
  watch: procedure.output(eventIterator(vmState)),
  /** Starts what is stopped or failed, resumes what is suspended, does nothing to what runs. */
  start: procedure.output(z.void()),
  /** Containers get their stop signal and time; the guest's disk is unmounted. */
  stop: procedure.output(z.void()),
  restart: procedure.output(z.void()),
  /** Freezes the guest into a file. Fails with `vm-folders-in-use` while running containers use shared folders. */
  suspend: procedure.output(z.void()),
  /**
   * Keeps a daemon.json (empty: none) and, unless the VM is off, starts the engine again with it: containers without a
   * restart policy stop for good. Fails with `engine-config-wrong` before anything is done, and with
   * `engine-config-refused` (the engine's words in `detail`) when the one before was put back and the engine runs again.
   */
  configureEngine: procedure
    .input(z.object({ text: vmSettings.shape.engineConfig.unwrap() }))
    .output(z.void()),
  /**
   * Asks Docker Hub whether it answers, on the way that the engine would take with these settings; nothing is kept. Each
   * step has a limit of 10 seconds. Fails with `vm-bad-certificate`; a way that leads nowhere is no failure.
   */
  testProxy: procedure.input(proxyDraft).output(proxyTrial),
  usage: procedure.output(vmUsage),
  details: procedure.output(vmDetails),
  host: procedure.output(vmHost),
  /** Gives blocks that the guest no longer uses back to this computer. Bytes by which the file shrank. */
  trimDisk: procedure.output(z.object({ freedBytes: z.number() })),
  /**
   * Makes the data disk this large, at once and in the settings, in GiB. Fails with `vm-disk-not-larger`, and with
   * `vm-disk-host-room` where this computer could not hold all of it.
   */
  growDisk: procedure
    .input(z.object({ diskGiB: vmSettings.shape.diskGiB }))
    .output(z.object({ diskGiB: z.number() })),
  /** Moves the data disk to another folder: stops, copies, checks, switches, then deletes the old file. */
  moveDisk: procedure.input(z.object({ folder: z.string().nullable() })).output(z.void()),
  /** What a reset would delete; starts the VM if need be. */
  contents: procedure.output(vmContents),
  /**
   * Deletes the data disk and everything on it. With `exportTo`, every volume is first saved there as
   * `<volume>.tar`; nothing is deleted unless all of them were.
   */
  reset: procedure.input(z.object({ exportTo: z.string().nullable() })).output(z.void()),
};
