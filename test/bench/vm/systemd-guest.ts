import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { homedir, arch as hostArch } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { idOf } from '#guest/inputs';
import { KERNEL_META, SUITE } from '#guest/recipe';
import { chooseMirror, oneLine, readAptSources } from '#guest/sources';
import { usableProcessors } from '#vm/qemu/processors';
import { findQemu } from '#vm/qemu/programs';
import { run } from '../../harness/run';
import { cpuSecondsOf } from '../processes';

/** An ordinary Debian with Docker Engine, to compare Gantry's guest with. */
export interface SystemdGuest {
  kernel: string;
  initrd: string;
  /** An ext4 file system on the whole disk. Boots are timed on a copy-on-write view, so it stays as it is. */
  disk: string;
}

const PACKAGES = [
  'systemd-sysv',
  'systemd-resolved',
  'dbus',
  'udev',
  'iproute2',
  'iptables',
  'docker.io',
  'docker-cli',
  'ca-certificates',
];

const DISK_BYTES = 3 * 1024 ** 3;

/** Said on the serial line once Docker Engine has told systemd that it answers. */
const READY = 'BENCH-READY';

/** On the kernel's command line: power off once the engine has run, so that the timed boots are not its first one. */
const ONCE = 'bench.once';

const FILES: Record<string, string> = {
  'etc/hostname': 'bench\n',
  'etc/fstab': '/dev/vda / ext4 defaults,noatime 0 1\n',
  'etc/systemd/network/20-wired.network': '[Match]\nName=eth0\n\n[Network]\nDHCP=yes\n',
  'etc/systemd/system/bench-ready.service': `[Unit]
After=docker.service
Requires=docker.service

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'echo ${READY} >/dev/ttyS0'

[Install]
WantedBy=multi-user.target
`,
  'etc/systemd/system/bench-once.service': `[Unit]
After=bench-ready.service
ConditionKernelCommandLine=${ONCE}

[Service]
Type=oneshot
ExecStart=/bin/systemctl --no-block poweroff

[Install]
WantedBy=multi-user.target
`,
};

const UNITS = ['systemd-networkd', 'docker', 'bench-ready', 'bench-once'];

const arch = () => (hostArch() === 'arm64' ? 'arm64' : 'amd64');

/** Shell lines that write the files into the root `$1`. Their texts hold no line `END`. */
const writeFiles = Object.entries(FILES).map(
  ([path, text]) => `mkdir -p "$1/$(dirname ${path})"\ncat >"$1/${path}" <<'END'\n${text}END`,
);

/**
 * The guest from the cache, made first if its inputs have changed. Takes a few minutes and root.
 * @throws Error when it cannot be made here
 */
export async function systemdGuest(say: (text: string) => void): Promise<SystemdGuest> {
  if (process.getuid?.() !== 0) throw new Error('the guest to compare with is made by root only');
  const mirror = chooseMirror(await readAptSources(), process.env.GANTRY_DEBIAN_MIRROR);
  const id = idOf({ arch: arch(), suite: SUITE, packages: PACKAGES.join(' '), ...FILES });
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'gantry/bench');
  const kept = join(cache, id);
  const names = await readdir(kept).catch((): string[] => []);
  if (names.length === 0) {
    await mkdir(cache, { recursive: true });
    const work = await mkdtemp(join(cache, 'work-'));
    try {
      await build(work, [oneLine(mirror.main), oneLine(mirror.security)], say);
      await rename(work, kept);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }
  return filesIn(kept);
}

const filesIn = (folder: string): SystemdGuest => ({
  kernel: join(folder, 'kernel'),
  initrd: join(folder, 'initrd'),
  disk: join(folder, 'disk.raw'),
});

async function build(folder: string, sources: string[], say: (text: string) => void): Promise<void> {
  say('making a plain Debian guest with systemd to compare with; this takes some minutes, once');
  const root = join(folder, 'root');
  await run(
    'mmdebstrap',
    [
      '--mode=root',
      '--variant=minbase',
      '--quiet',
      `--architectures=${arch()}`,
      `--include=${[KERNEL_META[arch()], ...PACKAGES].join(',')}`,
      `--customize-hook=${writeFiles.join('\n')}`,
      `--customize-hook=chroot "$1" systemctl enable ${UNITS.join(' ')}`,
      SUITE,
      root,
      ...sources,
    ],
    { env: process.env },
  );
  const files = filesIn(folder);
  const boot = await readdir(join(root, 'boot'));
  for (const [prefix, target] of [
    ['vmlinuz-', files.kernel],
    ['initrd.img-', files.initrd],
  ] as const) {
    const name = boot.find((one) => one.startsWith(prefix));
    if (!name) throw new Error(`The plain guest has no ${prefix}…`);
    await copyFile(join(root, 'boot', name), target);
  }
  const disk = await open(files.disk, 'w');
  await disk.truncate(DISK_BYTES);
  await disk.close();
  await run('mkfs.ext4', ['-q', '-d', root, files.disk], { env: process.env });
  await rm(root, { recursive: true });
  say('booting it once');
  const first = await startSystemdGuest(files, { once: true });
  await first.ended;
}

interface Running {
  pid: number;
  /** Milliseconds from the spawn of QEMU until its engine answered. Rejects when it ends before. */
  ready: Promise<number>;
  ended: Promise<void>;
  kill(): void;
}

/** Longest time for one boot or the first one with its end. */
const limitMs = 240_000;

async function startSystemdGuest(guest: SystemdGuest, { once: first = false } = {}): Promise<Running> {
  const qemu = await findQemu(arch());
  if (!qemu) throw new Error('QEMU is not installed');
  const processors = usableProcessors(2, { arch: arch(), accelerator: 'tcg', qemuVersion: qemu.version });
  const args = [
    // The machine, processor and kernel options that Gantry's guest has (src/vm/qemu).
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ...['-machine', arch() === 'amd64' ? 'q35' : 'virt'],
    ...['-accel', 'tcg,thread=multi,tb-size=256'],
    ...['-cpu', arch() === 'amd64' ? 'Nehalem,+rdrand' : 'max,pauth-impdef=on'],
    ...['-smp', String(processors.count), '-m', '2048M'],
    ...['-kernel', guest.kernel, '-initrd', guest.initrd],
    '-append',
    `root=/dev/vda rw console=${arch() === 'amd64' ? 'ttyS0' : 'ttyAMA0'} quiet loglevel=3 net.ifnames=0 random.trust_cpu=on mitigations=off tsc=reliable${first ? ` ${ONCE}` : ''}`,
    ...['-drive', `file=${guest.disk},format=raw,if=virtio,snapshot=${first ? 'off' : 'on'}`],
    ...['-netdev', 'user,id=network,ipv6=off', '-device', 'virtio-net-pci,netdev=network,romfile='],
    ...['-object', 'rng-builtin,id=random', '-device', 'virtio-rng-pci,rng=random'],
    ...['-chardev', 'stdio,id=serial,signal=off', '-serial', 'chardev:serial'],
  ];
  const began = performance.now();
  const child = spawn(qemu.program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const ended = once(child, 'exit').then(() => clearTimeout(timer));
  const ready = new Promise<number>((resolve, reject) => {
    const last: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      last.push(line);
      if (last.length > 20) last.shift();
      if (line.includes(READY)) resolve(performance.now() - began);
    });
    ended.then(
      () => reject(new Error(`The guest with systemd ended, or took too long:\n${last.join('\n')}`)),
      reject,
    );
  });
  // Whoever waits for its end alone need not hear that it was never ready.
  ready.catch(() => undefined);
  const { pid } = child;
  if (pid === undefined) throw new Error('QEMU did not start');
  return { pid, ready, ended, kill: () => child.kill('SIGKILL') };
}

/**
 * Boots it and pulls the plug as soon as its engine answers.
 * @returns ms from the spawn of QEMU, and the processor time in ms that QEMU used meanwhile
 */
export async function timeSystemdBoot(guest: SystemdGuest): Promise<{ ms: number; cpuMs: number }> {
  const running = await startSystemdGuest(guest);
  try {
    const ms = await running.ready;
    return { ms, cpuMs: cpuSecondsOf(running.pid) * 1000 };
  } finally {
    running.kill();
    await running.ended;
  }
}
