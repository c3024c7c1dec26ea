import { describe, expect, it } from 'vitest';
import { places } from '#vm/places';
import { qemuArguments } from '#vm/qemu/arguments';
import { chooseNetwork } from '#vm/qemu/guest-network';
import type { MachineConfig } from '#vm/qemu/machine-config';

const all = places('/home/ada/.gantry', 'linux');

const machine: MachineConfig = {
  arch: 'amd64',
  accelerator: 'kvm',
  cpus: 4,
  memoryMiB: 4096,
  kernel: '/opt/gantry/kernel',
  initrd: '/opt/gantry/initrd',
  root: '/home/ada/.gantry/vm/images/1/root.erofs',
  data: '/home/ada/.gantry/vm/gantry-data.raw',
  kernelArguments: 'console=ttyS0 quiet',
  configFile: '/home/ada/.gantry/vm/guest-config',
  caFile: null,
  shares: [],
  shareSlots: 0,
  network: chooseNetwork([]),
  places: all,
  incoming: null,
};

/** As pairs of an option and its value, one a line, which is how people read them. */
function lines(config: MachineConfig, platform: NodeJS.Platform): string[] {
  const list: string[] = [];
  for (const argument of qemuArguments(config, { platform })) {
    if (argument.startsWith('-') || list.length === 0) list.push(argument);
    else list[list.length - 1] += ` ${argument}`;
  }
  return list;
}

const beginning = ['-name gantry', '-nodefaults', '-no-user-config', '-display none', '-no-reboot'];
const sandbox = '-sandbox on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny';
const guest = [
  '-kernel /opt/gantry/kernel',
  '-initrd /opt/gantry/initrd',
  '-append console=ttyS0 quiet',
  '-fw_cfg name=opt/gantry/config,file=/home/ada/.gantry/vm/guest-config',
];
const unixChannels = [
  '-chardev socket,id=monitor,path=/home/ada/.gantry/run/qmp.sock,server=on,wait=off',
  '-mon chardev=monitor,mode=control',
  '-chardev socket,id=alive,path=/home/ada/.gantry/run/alive.sock,server=on,wait=off',
];
const devices = [
  '-chardev file,id=serial,path=/home/ada/.gantry/run/serial.log',
  '-serial chardev:serial',
  '-blockdev driver=raw,node-name=root,read-only=on,file.driver=file,file.filename=/home/ada/.gantry/vm/images/1/root.erofs',
  '-device virtio-blk-pci,drive=root',
  '-blockdev driver=raw,node-name=data,discard=unmap,detect-zeroes=unmap,file.driver=file,file.filename=/home/ada/.gantry/vm/gantry-data.raw',
  '-device virtio-blk-pci,drive=data,werror=stop,rerror=report',
  '-netdev user,id=network,net=198.18.127.0/24,dhcpstart=198.18.127.15,ipv6=off',
  '-device virtio-net-pci,netdev=network,romfile=',
  '-object rng-builtin,id=random',
  '-device virtio-rng-pci,rng=random',
  '-device virtio-balloon-pci,id=balloon,free-page-reporting=on,deflate-on-oom=on',
  '-device virtio-serial-pci',
];
const unixLink = [
  '-chardev socket,id=link,path=/home/ada/.gantry/run/link.sock,server=on,wait=off',
  '-device virtserialport,id=link,chardev=link,name=org.gantry.link',
];
const unixRest = [...unixChannels, ...devices, ...unixLink];

describe('QEMU arguments', () => {
  it('uses KVM on Linux', () => {
    expect(lines(machine, 'linux')).toEqual([
      ...beginning,
      sandbox,
      '-machine q35,memory-backend=memory',
      '-accel kvm',
      '-cpu host',
      '-smp 4',
      '-m 4096M',
      '-object memory-backend-memfd,id=memory,size=4096M,share=on',
      ...guest,
      ...unixRest,
    ]);
  });

  it('emulates on Linux with a plain processor', () => {
    expect(lines({ ...machine, accelerator: 'tcg' }, 'linux')).toEqual([
      ...beginning,
      sandbox,
      '-machine q35,memory-backend=memory',
      '-accel tcg,thread=multi,tb-size=256',
      '-cpu Nehalem,+rdrand',
      '-smp 4',
      '-m 4096M',
      '-object memory-backend-memfd,id=memory,size=4096M,share=on',
      ...guest,
      ...unixRest,
    ]);
  });

  it('uses the Hypervisor framework on a Mac with an Apple processor', () => {
    expect(lines({ ...machine, arch: 'arm64', accelerator: 'hvf' }, 'darwin')).toEqual([
      ...beginning,
      '-machine virt,memory-backend=memory',
      '-accel hvf',
      '-cpu host',
      '-smp 4',
      '-m 4096M',
      '-object memory-backend-ram,id=memory,size=4096M',
      ...guest,
      ...unixRest,
    ]);
  });

  it('uses the Hypervisor framework on a Mac with an Intel processor', () => {
    expect(lines({ ...machine, accelerator: 'hvf' }, 'darwin')).toEqual([
      ...beginning,
      '-machine q35,memory-backend=memory',
      '-accel hvf',
      '-cpu host',
      '-smp 4',
      '-m 4096M',
      '-object memory-backend-ram,id=memory,size=4096M',
      ...guest,
      ...unixRest,
    ]);
  });

  const pipes = {
    qmpSocket: '\\\\.\\pipe\\gantry-1-qmp',
    linkSocket: '\\\\.\\pipe\\gantry-1-link',
    aliveSocket: '\\\\.\\pipe\\gantry-1-alive',
    serialLog: all.serialLog,
  };
  const windowsRest = [
    ...guest,
    '-chardev pipe,id=monitor,path=gantry-1-qmp',
    '-mon chardev=monitor,mode=control',
    ...devices,
    '-chardev pipe,id=link,path=gantry-1-link',
    '-device virtserialport,id=link,chardev=link,name=org.gantry.link',
  ];

  it('uses the Windows Hypervisor Platform and named pipes on Windows', () => {
    expect(lines({ ...machine, accelerator: 'whpx', places: pipes }, 'win32')).toEqual([
      ...beginning,
      '-machine q35,memory-backend=memory',
      '-accel whpx,kernel-irqchip=off',
      '-cpu max,vmx=off,monitor=off',
      '-smp 4',
      '-m 4096M',
      '-object memory-backend-ram,id=memory,size=4096M',
      ...windowsRest,
    ]);
  });

  it('emulates on Windows', () => {
    expect(lines({ ...machine, accelerator: 'tcg', places: pipes }, 'win32')).toEqual([
      ...beginning,
      '-machine q35,memory-backend=memory',
      '-accel tcg,thread=multi,tb-size=256',
      '-cpu Nehalem,+rdrand',
      '-smp 4',
      '-m 4096M',
      '-object memory-backend-ram,id=memory,size=4096M',
      ...windowsRest,
    ]);
  });

  it('plugs shared folders into ports of their own and leaves the other ports empty', () => {
    const shared: MachineConfig = {
      ...machine,
      shareSlots: 2,
      shares: [{ tag: 'share-0', socket: '/home/ada/.gantry/run/fs-0.sock' }],
    };
    expect(lines(shared, 'linux').slice(-4)).toEqual([
      '-device pcie-root-port,id=share-port-0,chassis=1,slot=1',
      '-device pcie-root-port,id=share-port-1,chassis=2,slot=2',
      '-chardev socket,id=share-0,path=/home/ada/.gantry/run/fs-0.sock',
      '-device vhost-user-fs-pci,id=share-0-device,chardev=share-0,tag=share-0,queue-size=1024,bus=share-port-0',
    ]);
  });

  it('takes a comma in a path for a part of the path', () => {
    expect(lines({ ...machine, caFile: '/home/a,b/ca.pem' }, 'linux')).toContain(
      '-fw_cfg name=opt/gantry/ca.pem,file=/home/a,,b/ca.pem',
    );
  });

  it('differs by nothing but its last arguments when it waits for a state', () => {
    const cold = lines(machine, 'linux');
    expect(lines({ ...machine, incoming: 'defer' }, 'linux')).toEqual([...cold, '-incoming defer']);
  });

  it('opens no port of this computer', () => {
    const everything = lines(machine, 'linux').join('\n');
    expect(everything).not.toMatch(/hostfwd|guestfwd|tcp|vnc|telnet|0\.0\.0\.0/);
  });
});
