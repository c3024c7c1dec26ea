/** What the guest image is made of, as data. `build.ts` carries it out. */

export type Arch = 'amd64' | 'arm64';

/** Debian's release. The security suite's name is derived from it. */
export const SUITE = 'trixie';

/** Every time stamp in the image (seconds): the release day of Debian 13.0. Fixed, so that equal inputs give equal bytes. */
export const FILE_TIME = Date.UTC(2025, 7, 9) / 1000;

/** Any fixed value does: it makes the file system's bytes repeatable. */
export const ROOT_UUID = '6f2a4c1e-7d1b-4e0a-9b53-0c8f5d2e7a11';

/**
 * Meta package whose dependency is the kernel of the day. Not the cloud flavour: it is built without 9p, by which
 * folders are shared where there is no virtiofsd.
 */
export const KERNEL_META: Record<Arch, string> = {
  amd64: 'linux-image-amd64',
  arm64: 'linux-image-arm64',
};

/**
 * Only these packages are unpacked, none of their dependencies: no maintainer script runs in the image, so there is
 * no use for perl, debconf, systemd and the like. `libraries.ts` checks that no program lacks a library by that.
 * `only`: the files that are taken, where a package has many others.
 */
export const PACKAGES: { name: string; why: string; only?: string[] }[] = [
  { name: 'base-files', why: 'the layout of the root, os-release and the texts of common licences' },
  { name: 'docker.io', why: 'Docker Engine' },
  { name: 'containerd', why: 'runs containers and keeps images for the engine' },
  { name: 'runc', why: 'starts one container' },
  { name: 'tini', why: 'docker-init, for `docker run --init`' },
  { name: 'docker-cli', why: 'the docker command of the VM shell' },
  { name: 'docker-compose', why: 'docker compose of the VM shell' },
  { name: 'docker-buildx', why: 'docker build of the VM shell' },
  { name: 'iptables', why: 'the engine makes its networks with it' },
  { name: 'e2fsprogs', why: 'makes, checks and grows the data disk' },
  { name: 'ca-certificates', why: 'registries over TLS' },
  {
    name: 'busybox-static',
    why: 'shell, mount, ip, modprobe, fstrim, switch_root and everything else small',
  },
  {
    name: 'util-linux',
    why: 'setarch, which starts the engine with fixed addresses where the processor is emulated',
    only: ['usr/bin/setarch'],
  },
  { name: 'netbase', why: '/etc/protocols and /etc/services, which programs look names up in' },
  { name: 'libc6', why: 'dockerd, runc, iptables, e2fsprogs' },
  { name: 'libseccomp2', why: 'runc' },
  { name: 'libsystemd0', why: 'dockerd' },
  { name: 'libcap2', why: 'libsystemd0' },
  { name: 'libip4tc2', why: 'iptables' },
  { name: 'libip6tc2', why: 'iptables' },
  { name: 'libxtables12', why: 'iptables' },
  { name: 'libext2fs2t64', why: 'e2fsprogs' },
  { name: 'libcom-err2', why: 'e2fsprogs' },
  { name: 'libblkid1', why: 'e2fsprogs' },
  { name: 'libuuid1', why: 'e2fsprogs' },
];

/**
 * Paths of the packages that are left out. A last `*` stands for any rest of a name. Copyright files stay, as the
 * licences ask for it.
 */
export const LEFT_OUT: { paths: string[]; why: string }[] = [
  {
    why: 'documentation, completions, translations and reports for people at a Debian shell',
    paths: [
      'usr/share/man',
      'usr/share/bug',
      'usr/share/lintian',
      'usr/share/bash-completion',
      'usr/share/fish',
      'usr/share/zsh',
      'usr/share/locale',
      'usr/share/docker.io',
      'usr/share/initramfs-tools',
    ],
  },
  {
    why: 'service files and scripts of an init system, cron and dpkg, which the guest does not have',
    paths: [
      'etc/init.d',
      'etc/cron.d',
      'etc/default',
      'etc/apt',
      'etc/kernel',
      'usr/lib/systemd',
      'usr/lib/udev',
      'etc/docker',
    ],
  },
  {
    why: 'the kernel is beside the root, not in it',
    paths: ['boot'],
  },
  {
    why: 'shims of older containerd versions, its command line and its stress test: the engine uses shim-runc-v2',
    paths: [
      'usr/bin/containerd-shim',
      'usr/bin/containerd-shim-runc-v1',
      'usr/bin/containerd-stress',
      'usr/bin/ctr',
      'usr/bin/tini',
    ],
  },
  {
    why: 'the agent takes its place',
    paths: ['usr/sbin/docker-proxy'],
  },
  {
    why: 'iptables over nftables, several times slower to start and not to be mixed with the other one; labels of connections, which need two more libraries',
    paths: [
      'usr/sbin/xtables-nft-multi',
      'usr/sbin/xtables-monitor',
      'usr/sbin/iptables-*',
      'usr/sbin/ip6tables-*',
      'usr/sbin/arptables-*',
      'usr/sbin/ebtables-*',
      'usr/sbin/nfnl_osf',
      'usr/lib/x86_64-linux-gnu/xtables/libxt_connlabel.so',
      'usr/lib/aarch64-linux-gnu/xtables/libxt_connlabel.so',
    ],
  },
  {
    why: 'character sets, audit hooks and name services of the C library that nothing here asks for',
    paths: ['usr/lib/x86_64-linux-gnu/gconv', 'usr/lib/aarch64-linux-gnu/gconv', 'usr/share/libc-bin'],
  },
  {
    why: 'tools for repairing ext4 by hand and for scrubbing LVM snapshots',
    paths: [
      'usr/sbin/e2scrub*',
      'usr/sbin/debugfs',
      'usr/sbin/e2image',
      'usr/sbin/e2undo',
      'usr/sbin/e4crypt',
      'usr/sbin/badblocks',
    ],
  },
];

/** Names that Debian's maintainer scripts would make: link → target. */
export const LINKS: Record<string, string> = {
  // Under this name the agent speaks the protocol of Docker's program for published ports.
  'usr/sbin/docker-proxy': 'gantry-agent',
  // Under this name it is the name server of the guest and its containers.
  'usr/sbin/gantry-names': 'gantry-agent',
  'usr/sbin/iptables': 'xtables-legacy-multi',
  'usr/sbin/iptables-save': 'xtables-legacy-multi',
  'usr/sbin/iptables-restore': 'xtables-legacy-multi',
  'usr/sbin/ip6tables': 'xtables-legacy-multi',
  'usr/sbin/ip6tables-save': 'xtables-legacy-multi',
  'usr/sbin/ip6tables-restore': 'xtables-legacy-multi',
  'var/run': '../run',
  // Written at boot from the host's settings.
  'etc/resolv.conf': '../run/resolv.conf',
  'etc/mtab': '../proc/self/mounts',
};

/** Mount points and folders that programs expect. */
export const FOLDERS = [
  'data',
  'dev',
  'etc/docker',
  'mnt',
  'opt',
  'proc',
  'root',
  'run',
  'sys',
  'tmp',
  'usr/local/bin',
  'var/lib/containerd',
  'var/lib/docker',
  'var/log',
  'var/tmp',
];

/** Kernel modules beside those that are built in. A name that ends in a slash is a folder of them. */
export const MODULES: { paths: string[]; why: string }[] = [
  {
    why: 'devices of the virtual machine: disks, network card, random numbers, memory given back, settings, power button',
    paths: [
      'drivers/block/virtio_blk',
      'drivers/net/virtio_net',
      'drivers/char/hw_random/virtio-rng',
      'drivers/virtio/',
      'drivers/firmware/qemu_fw_cfg',
      'drivers/acpi/button',
      'drivers/input/evdev',
      'drivers/gpio/gpio-pl061',
      'drivers/input/keyboard/gpio_keys',
    ],
  },
  { why: 'the root, the data disk and containers', paths: ['fs/erofs/', 'fs/ext4/', 'fs/overlayfs/'] },
  {
    why: 'shared folders: from virtiofsd, and from the host through the link',
    paths: ['fs/fuse/virtiofs', 'fs/9p/', 'net/9p/9pnet', 'net/9p/9pnet_fd'],
  },
  {
    why: 'networks of containers',
    paths: [
      'net/bridge/',
      'net/802/',
      'net/8021q/',
      'net/llc/',
      'net/ipv4/',
      'net/ipv6/',
      'net/netfilter/',
      'net/sched/',
      'net/xfrm/',
      'net/key/',
      'net/packet/',
      'net/unix/',
      'net/tls/',
      'net/sctp/',
      'net/vmw_vsock/',
      'drivers/net/veth',
      'drivers/net/tun',
      'drivers/net/tap',
      'drivers/net/dummy',
      'drivers/net/ifb',
      'drivers/net/macvlan',
      'drivers/net/macvtap',
      'drivers/net/ipvlan/',
      'drivers/net/vxlan/',
      'drivers/net/geneve',
      'drivers/net/vrf',
      'drivers/net/bonding/',
      'drivers/net/wireguard/',
    ],
  },
  {
    why: 'what containers mount: images of disks, volumes of the types nfs and cifs',
    paths: [
      'drivers/block/loop',
      'drivers/block/nbd',
      'drivers/block/brd',
      'fs/squashfs/',
      'fs/isofs/',
      'fs/udf/',
      'fs/fat/',
      'fs/exfat/',
      'fs/nls/',
      'fs/nfs/',
      'fs/nfs_common/',
      'fs/lockd/',
      'net/sunrpc/',
      'fs/smb/',
    ],
  },
  { why: 'programs of other architectures, set up by containers', paths: ['fs/binfmt_misc'] },
  {
    why: 'sums, ciphers and compression that the above ask for',
    paths: ['crypto/', 'lib/', 'arch/x86/crypto/', 'arch/arm64/crypto/'],
  },
];

/**
 * Loaded by the initrd, in an order that their dependencies decide, but for the sums: erofs asks for one by its name
 * (`modinfo` calls that a softdep), and takes the faster one where the processor can do it.
 */
export const INITRD_MODULES = ['virtio_blk', 'crc32c_generic', 'crc32c-intel', 'erofs', 'overlay'];

/** What the agent is made with and of: Debian's Go, whose runtime becomes a part of it, and packaged libraries. */
export const BUILDER_PACKAGES = ['golang-1.24-go', 'golang-github-creack-pty-dev', 'golang-golang-x-sys-dev'];

/** Where the Go of that package is. */
export const GO_ROOT = '/usr/lib/go-1.24';

/** Kernel + initrd + packed root, in bytes. The build fails above it. */
export const PACKED_LIMIT = 140 * 1024 * 1024;
