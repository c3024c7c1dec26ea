import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where everything of the VM is. Files and folders are the user's alone (0700); sockets are named pipes on Windows. */
export interface Places {
  /** Kept between starts: the data disk's record, the state of a suspended VM, unpacked images. */
  vm: string;
  images: string;
  /** How the image looked when its every byte was checked. */
  imageLooks: string;
  /** Where the data disk is, unless the user moved it. */
  diskFolder: string;
  diskRecord: string;
  stateFile: string;
  /** What the guest is told at its start (QEMU's fw_cfg). */
  guestConfig: string;
  guestCertificates: string;
  /** The link's secret of this boot. */
  secret: string;
  acceleratorRecord: string;
  /** The settings and the image of the last order to start. */
  order: string;
  /** What the running or suspended machine was started with. */
  machine: string;
  /** There when the disk's engine has been given the welcome image. */
  welcomed: string;
  keeperLog: string;
  /** Gone when nothing runs. */
  run: string;
  serialLog: string;
  qemuErrors: string;
  qemuPid: string;
  keeperLock: string;
  qmpSocket: string;
  linkSocket: string;
  /** Nothing is said on it: its end tells that QEMU ended, also when QEMU is not this process's child. */
  aliveSocket: string;
  /** A suspended guest's state passes through it, between QEMU and the state file. */
  stateSocket: string;
  dockerSocket: string;
  /** Each connection is one program in the guest, in the frames of the link's service `run`. */
  shellSocket: string;
  keeperSocket: string;
  /** Of the n-th shared folder's server. */
  shareSocket(index: number): string;
}

/** @param home Gantry's data folder */
export function places(home: string, platform: NodeJS.Platform = process.platform): Places {
  const vm = join(home, 'vm');
  const run = join(home, 'run');
  // Pipes share one name space on the whole computer; the digest tells two homes apart.
  const mark = createHash('sha256').update(home).digest('hex').slice(0, 12);
  const socket = (name: string) =>
    platform === 'win32' ? `\\\\.\\pipe\\gantry-${mark}-${name}` : join(run, `${name}.sock`);
  return {
    vm,
    images: join(vm, 'images'),
    imageLooks: join(vm, 'image-looks.json'),
    diskFolder: vm,
    diskRecord: join(vm, 'disk.json'),
    stateFile: join(vm, 'suspended.state'),
    guestConfig: join(vm, 'guest-config'),
    guestCertificates: join(vm, 'guest-ca.pem'),
    secret: join(vm, 'secret'),
    acceleratorRecord: join(vm, 'accelerator.json'),
    order: join(vm, 'order.json'),
    machine: join(vm, 'machine.json'),
    welcomed: join(vm, 'welcomed'),
    keeperLog: join(vm, 'keeper.log'),
    run,
    serialLog: join(run, 'serial.log'),
    qemuErrors: join(run, 'qemu.err'),
    qemuPid: join(run, 'qemu.pid'),
    keeperLock: join(run, 'keeper.lock'),
    qmpSocket: socket('qmp'),
    linkSocket: socket('link'),
    aliveSocket: socket('alive'),
    stateSocket: socket('state'),
    dockerSocket: socket('docker'),
    shellSocket: socket('shell'),
    keeperSocket: socket('vm'),
    shareSocket: (index) => socket(`fs-${index}`),
  };
}

/** Docker host notation of Gantry's own engine. */
export function dockerHost({ dockerSocket }: Places): string {
  return dockerSocket.startsWith('\\\\')
    ? `npipe://${dockerSocket.replaceAll('\\', '/')}`
    : `unix://${dockerSocket}`;
}

/** Makes the folders, for this user alone. */
export function openPlaces(all: Places): Places {
  for (const folder of [all.vm, all.images, all.run]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return all;
}
