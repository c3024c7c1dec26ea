/**
 * QEMU's command line. The lists for macOS and Windows follow QEMU's manual and are tested as lists alone: no machine
 * has run with them yet on real hardware. The ones for Linux run in the tests, with software emulation.
 */
import type { MachineConfig, Share } from './machine-config';

/** In options of the form `a=b,c=d` a comma within a value is written twice. */
function value(text: string | number): string {
  return String(text).replaceAll(',', ',,');
}

function options(first: string, fields: Record<string, string | number>): string {
  return [first, ...Object.entries(fields).map(([name, field]) => `${name}=${value(field)}`)].join(',');
}

/** QEMU gives pipes their prefix itself. */
function pipeName(path: string): string {
  return path.replace(/^\\\\\.\\pipe\\/, '');
}

/** Host end of a channel: a socket that QEMU listens on, in a folder of the user's alone; on Windows a named pipe. */
function channel(id: string, path: string, platform: NodeJS.Platform): string[] {
  return [
    '-chardev',
    platform === 'win32'
      ? options('pipe', { id, path: pipeName(path) })
      : options('socket', { id, path, server: 'on', wait: 'off' }),
  ];
}

/**
 * `thread=multi` runs each virtual processor on a thread of its own. `tb-size` caps the memory for translated code in
 * MiB; QEMU's default takes hundreds of MiB more. Windows' accelerator needs the interrupt controller in QEMU.
 */
const accelerators = {
  kvm: 'kvm',
  hvf: 'hvf',
  whpx: 'whpx,kernel-irqchip=off',
  tcg: 'tcg,thread=multi,tb-size=256',
};

function processor({ accelerator, arch }: MachineConfig): string {
  if (accelerator === 'kvm' || accelerator === 'hvf') return 'host';
  // WHPX knows no `host`; nested virtualisation and MONITOR are what it cannot offer.
  if (accelerator === 'whpx') return 'max,vmx=off,monitor=off';
  // A plain model emulates faster than `max`: measured 16.5 s against 20 s for a boot. Emulated pointer
  // authentication in its standard form takes a large part of an emulated arm64's time.
  // With RDRAND the kernel has its random numbers before it starts; without, it waits for them for seconds.
  return arch === 'amd64' ? 'Nehalem,+rdrand' : 'max,pauth-impdef=on';
}

function machine({ arch, accelerator }: MachineConfig): string {
  if (arch === 'amd64') return 'q35,memory-backend=memory';
  // KVM can only offer the interrupt controller that the processor has.
  const controller = accelerator === 'kvm' ? ',gic-version=host' : '';
  return `virt${controller},memory-backend=memory`;
}

function memory({ memoryMiB }: MachineConfig, platform: NodeJS.Platform): string {
  const size = `${memoryMiB}M`;
  // virtiofsd reads and writes the guest's memory itself, so it must be one that another process can map.
  return platform === 'linux'
    ? options('memory-backend-memfd', { id: 'memory', size, share: 'on' })
    : options('memory-backend-ram', { id: 'memory', size });
}

/** A device, or the back end of one, as QEMU's monitor wants it; the command line is made from it, too. */
export interface ShareDevice {
  backEnd: string[];
  device: Record<string, string | number>;
}

/** How the n-th share is attached: each on a port of its own, so that it can be taken out while the guest runs. */
export function shareDevice(share: Share, index: number): ShareDevice {
  const id = `share-${index}`;
  return {
    backEnd: ['-chardev', options('socket', { id, path: share.socket })],
    device: {
      driver: 'vhost-user-fs-pci',
      id: `${id}-device`,
      chardev: id,
      tag: share.tag,
      'queue-size': 1024,
      bus: `share-port-${index}`,
    },
  };
}

function shares({ shares: served, shareSlots }: MachineConfig): string[] {
  const ports = Array.from({ length: shareSlots }, (_, index) => [
    '-device',
    options('pcie-root-port', { id: `share-port-${index}`, chassis: index + 1, slot: index + 1 }),
  ]).flat();
  const devices = served.flatMap((share, index) => {
    const { backEnd, device } = shareDevice(share, index);
    const { driver = '', ...fields } = device;
    return [...backEnd, '-device', options(String(driver), fields)];
  });
  return [...ports, ...devices];
}

/**
 * No call that a QEMU which has started needs is forbidden by these; it starts no other program, not even for a
 * suspend. Linux only, and only where QEMU was built with it, as Debian's is.
 */
function sandbox(platform: NodeJS.Platform): string[] {
  if (platform !== 'linux') return [];
  return ['-sandbox', 'on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny'];
}

/** The command line for one machine, without the program. */
export function qemuArguments(config: MachineConfig, { platform }: { platform: NodeJS.Platform }): string[] {
  const { places } = config;
  return [
    ...['-name', 'gantry'],
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ...sandbox(platform),
    ...['-machine', machine(config)],
    ...['-accel', accelerators[config.accelerator]],
    ...['-cpu', processor(config)],
    ...['-smp', String(config.cpus)],
    ...['-m', `${config.memoryMiB}M`],
    ...['-object', memory(config, platform)],
    ...['-kernel', config.kernel],
    ...['-initrd', config.initrd],
    ...['-append', config.kernelArguments],
    ...['-fw_cfg', options('name=opt/gantry/config', { file: config.configFile })],
    ...(config.caFile === null
      ? []
      : ['-fw_cfg', options('name=opt/gantry/ca.pem', { file: config.caFile })]),
    ...channel('monitor', places.qmpSocket, platform),
    ...['-mon', 'chardev=monitor,mode=control'],
    // On Windows QEMU waits for a client on every pipe; there the process is watched in another way.
    ...(platform === 'win32' ? [] : channel('alive', places.aliveSocket, platform)),
    ...['-chardev', options('file', { id: 'serial', path: places.serialLog })],
    ...['-serial', 'chardev:serial'],
    ...[
      '-blockdev',
      options('driver=raw,node-name=root,read-only=on,file.driver=file', { 'file.filename': config.root }),
    ],
    ...['-device', 'virtio-blk-pci,drive=root'],
    ...[
      '-blockdev',
      options('driver=raw,node-name=data,discard=unmap,detect-zeroes=unmap,file.driver=file', {
        'file.filename': config.data,
      }),
    ],
    // A write that fails because this computer's disk is full stops the machine, which later goes on where it was; a
    // guest that is told of it would give its file system up. A read that fails is for the guest to know.
    ...['-device', 'virtio-blk-pci,drive=data,werror=stop,rerror=report'],
    // No port of this computer leads inside: `hostfwd` is never used.
    ...[
      '-netdev',
      options('user', {
        id: 'network',
        net: config.network.block,
        dhcpstart: config.network.guest,
        ipv6: 'off',
      }),
    ],
    // Without its boot ROM, which is a file of another package.
    ...['-device', 'virtio-net-pci,netdev=network,romfile='],
    ...['-object', 'rng-builtin,id=random', '-device', 'virtio-rng-pci,rng=random'],
    ...['-device', 'virtio-balloon-pci,id=balloon,free-page-reporting=on,deflate-on-oom=on'],
    ...['-device', 'virtio-serial-pci'],
    ...channel('link', places.linkSocket, platform),
    ...['-device', 'virtserialport,id=link,chardev=link,name=org.gantry.link'],
    ...shares(config),
    ...(config.incoming === null ? [] : ['-incoming', config.incoming]),
  ];
}
