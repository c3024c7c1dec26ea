// What Gantry needs from the system: which programs and shared libraries, what their packages are called, and how
// they are installed. Used by prepare.mjs, which explains the conduct.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline/promises';

/**
 * One row per need. `programs`: any one of them on the PATH is enough. `libraries`: all are needed.
 * `apt`, `dnf`, `pacman`, `zypper`: package names; `a|b` is the first of them that the system offers; no entry: not
 * packaged there, or not known to us.
 */
const NEEDS = [
  {
    for: ['window', 'test'],
    libraries: ['libgtk-3.so.0', 'libatk-bridge-2.0.so.0', 'libcups.so.2'],
    apt: ['libgtk-3-0t64|libgtk-3-0', 'libatk-bridge2.0-0t64|libatk-bridge2.0-0', 'libcups2t64|libcups2'],
    dnf: ['gtk3', 'at-spi2-atk', 'cups-libs'],
    pacman: ['gtk3', 'at-spi2-core', 'libcups'],
    zypper: ['libgtk-3-0', 'libatk-bridge-2_0-0', 'libcups2'],
  },
  {
    for: ['window', 'test'],
    libraries: ['libnss3.so', 'libnspr4.so'],
    apt: ['libnss3', 'libnspr4'],
    dnf: ['nss', 'nspr'],
    pacman: ['nss', 'nspr'],
    zypper: ['mozilla-nss', 'mozilla-nspr'],
  },
  {
    for: ['window', 'test'],
    libraries: ['libgbm.so.1'],
    apt: ['libgbm1'],
    dnf: ['mesa-libgbm'],
    pacman: ['mesa'],
    zypper: ['libgbm1'],
  },
  {
    for: ['window', 'test'],
    libraries: ['libasound.so.2'],
    apt: ['libasound2t64|libasound2'],
    dnf: ['alsa-lib'],
    pacman: ['alsa-lib'],
    zypper: ['libasound2'],
  },
  {
    for: ['test'],
    programs: ['dockerd'],
    apt: ['docker.io'],
    dnf: ['moby-engine'],
    pacman: ['docker'],
    zypper: ['docker'],
  },
  {
    for: ['test'],
    programs: ['docker'],
    apt: ['docker-cli|docker.io'],
    dnf: ['docker-cli'],
    pacman: ['docker'],
    zypper: ['docker'],
  },
  {
    for: ['test'],
    programs: ['docker-registry', 'registry'],
    apt: ['docker-registry'],
    dnf: ['docker-distribution'],
    zypper: ['distribution-registry'],
  },
  {
    for: ['test'],
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    apt: ['chromium'],
    dnf: ['chromium'],
    pacman: ['chromium'],
    zypper: ['chromium'],
  },
  {
    for: ['test'],
    programs: ['Xvfb'],
    apt: ['xvfb'],
    dnf: ['xorg-x11-server-Xvfb'],
    pacman: ['xorg-server-xvfb'],
    zypper: ['xorg-x11-server-Xvfb'],
  },
  // The session bus of a desktop, on which a tray shows itself.
  {
    for: ['test'],
    programs: ['dbus-daemon'],
    apt: ['dbus-daemon'],
    dnf: ['dbus-daemon'],
    pacman: ['dbus'],
    zypper: ['dbus-1-daemon'],
  },
  {
    for: ['test'],
    programs: ['busybox'],
    apt: ['busybox-static'],
    dnf: ['busybox'],
    pacman: ['busybox'],
    zypper: ['busybox-static'],
  },
  {
    for: ['test'],
    programs: ['ip'],
    apt: ['iproute2'],
    dnf: ['iproute'],
    pacman: ['iproute2'],
    zypper: ['iproute2'],
  },
  {
    for: ['test'],
    programs: ['htpasswd'],
    apt: ['apache2-utils'],
    dnf: ['httpd-tools'],
    pacman: ['apache'],
    zypper: ['apache2-utils'],
  },
  {
    for: ['test'],
    programs: ['openssl'],
    apt: ['openssl'],
    dnf: ['openssl'],
    pacman: ['openssl'],
    zypper: ['openssl'],
  },
  // A real proxy, started by the tests alone: Debian's other package of it would run one from then on.
  {
    for: ['test'],
    programs: ['tinyproxy'],
    apt: ['tinyproxy-bin|tinyproxy'],
    dnf: ['tinyproxy'],
    pacman: ['tinyproxy'],
    zypper: ['tinyproxy'],
  },
  { for: ['test'], programs: ['microsocks'], apt: ['microsocks'] },
  // The package for Debian, made and installed.
  { for: ['test', 'package'], programs: ['fakeroot'], apt: ['fakeroot'], dnf: ['fakeroot'] },
  { for: ['test'], programs: ['xdg-open'], apt: ['xdg-utils'], dnf: ['xdg-utils'] },
  // An update that is an rpm, made and installed into a folder.
  { for: ['test'], programs: ['rpmbuild'], apt: ['rpm'], dnf: ['rpm-build'], zypper: ['rpm-build'] },
  // They read the completion that the command line writes for them.
  { for: ['test'], programs: ['zsh'], apt: ['zsh'], dnf: ['zsh'], pacman: ['zsh'], zypper: ['zsh'] },
  { for: ['test'], programs: ['fish'], apt: ['fish'], dnf: ['fish'], pacman: ['fish'], zypper: ['fish'] },
  // The VM, and what its guest image is made with.
  {
    for: ['vm', 'test'],
    programs: [process.arch === 'arm64' ? 'qemu-system-aarch64' : 'qemu-system-x86_64'],
    apt: [process.arch === 'arm64' ? 'qemu-system-arm' : 'qemu-system-x86'],
    dnf: [process.arch === 'arm64' ? 'qemu-system-aarch64-core' : 'qemu-system-x86-core'],
    pacman: [process.arch === 'arm64' ? 'qemu-system-aarch64' : 'qemu-system-x86'],
    zypper: [process.arch === 'arm64' ? 'qemu-arm' : 'qemu-x86'],
  },
  {
    for: ['vm', 'test'],
    programs: ['qemu-img'],
    apt: ['qemu-utils'],
    dnf: ['qemu-img'],
    pacman: ['qemu-img'],
    zypper: ['qemu-tools'],
  },
  {
    for: ['vm', 'test', 'package'],
    programs: ['mmdebstrap'],
    apt: ['mmdebstrap'],
    dnf: ['mmdebstrap'],
  },
  {
    for: ['vm', 'test', 'package'],
    programs: ['mkfs.erofs'],
    apt: ['erofs-utils'],
    dnf: ['erofs-utils'],
    pacman: ['erofs-utils'],
    zypper: ['erofs-utils'],
  },
  {
    for: ['vm', 'test', 'package'],
    programs: ['xz'],
    apt: ['xz-utils'],
    dnf: ['xz'],
    pacman: ['xz'],
    zypper: ['xz'],
  },
  {
    for: ['vm', 'test', 'package'],
    programs: ['cpio'],
    apt: ['cpio'],
    dnf: ['cpio'],
    pacman: ['cpio'],
    zypper: ['cpio'],
  },
  {
    for: ['vm', 'test', 'package'],
    programs: ['depmod'],
    apt: ['kmod'],
    dnf: ['kmod'],
    pacman: ['kmod'],
    zypper: ['kmod'],
  },
  {
    for: ['vm', 'test', 'package'],
    programs: ['newuidmap'],
    apt: ['uidmap'],
    dnf: ['shadow-utils'],
    pacman: ['shadow'],
    zypper: ['shadow'],
  },
];

const MANAGERS = {
  apt: { program: 'apt-get', install: ['install', '-y', '-q', '--no-install-recommends'] },
  dnf: { program: 'dnf', install: ['install', '-y'] },
  pacman: { program: 'pacman', install: ['-S', '--noconfirm', '--needed'] },
  zypper: { program: 'zypper', install: ['--non-interactive', 'install'] },
};

/** dpkg asks nothing, and prints no progress bars made of control characters. */
const QUIET_DPKG = ['DEBIAN_FRONTEND=noninteractive', 'TERM=dumb'];

/** Where a program is, or undefined. Daemons live in folders that an ordinary user's PATH may lack. */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/sbin', '/sbin', '/usr/local/sbin');
  for (const name of names) {
    for (const folder of folders) {
      if (folder && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return undefined;
}

function knownLibraries() {
  const ldconfig = findProgram('ldconfig');
  return ldconfig ? execFileSync(ldconfig, ['-p'], { encoding: 'utf8' }) : '';
}

/** The needs of `purpose` ('window', 'vm', 'package' or 'test') that this system lacks, as rows of the table above. */
function missingNeeds(purpose) {
  const libraries = knownLibraries();
  return NEEDS.filter((need) => need.for.includes(purpose)).filter((need) =>
    need.programs
      ? !findProgram(...need.programs)
      : // Without ldconfig (musl, NixOS) it cannot be told what is there; the program itself will then say.
        libraries !== '' && need.libraries.some((name) => !libraries.includes(`${name} `)),
  );
}

/** `a|b` → the first that apt offers. */
function offeredByApt(names) {
  const choices = names.split('|');
  const offered = choices.find((name) =>
    /Candidate: (?!\(none\))/.test(
      spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout ?? '',
    ),
  );
  return offered ?? choices.at(-1);
}

function packagesOf(needs, manager) {
  const names = needs.flatMap((need) => need[manager] ?? []);
  return [...new Set(manager === 'apt' ? names.map(offeredByApt) : names)];
}

function aptListsAreEmpty() {
  const folder = '/var/lib/apt/lists';
  return (
    !existsSync(folder) ||
    !readdirSync(folder).some((name) => name.endsWith('_Packages') || name.includes('_Packages.'))
  );
}

/** How a command becomes root's: as it is, by sudo, or undefined when neither is allowed. */
function asRoot(onTerminal) {
  if (process.getuid?.() === 0) return [];
  if (!findProgram('sudo')) return undefined;
  if (onTerminal) return ['sudo'];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
}

function runAsRoot(prefix, program, args) {
  const [command, ...rest] = [...prefix, 'env', ...QUIET_DPKG, program, ...args];
  return spawnSync(command, rest, { stdio: ['inherit', 'inherit', 'inherit'] }).status === 0;
}

async function agrees(question) {
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question(`${question} [Y/n] `);
  asking.close();
  return !/^\s*n/i.test(answer);
}

function install(prefix, manager, needs) {
  const { program, install: args } = MANAGERS[manager];
  const refresh = () => manager === 'apt' && runAsRoot(prefix, program, ['update', '-q']);
  const refreshed = manager === 'apt' && aptListsAreEmpty() && refresh();
  const attempt = () => runAsRoot(prefix, program, [...args, ...packagesOf(needs, manager)]);
  // Old lists name versions that the mirrors have replaced meanwhile.
  return attempt() || (!refreshed && refresh() && attempt());
}

/**
 * Checks what the system lacks for `purpose` and installs it where that is allowed. What remains missing is said,
 * with the one command that installs it; the caller goes on without it.
 */
export async function prepareSystem(purpose) {
  if (process.platform !== 'linux') return;
  const needs = missingNeeds(purpose);
  if (needs.length === 0) return;
  const manager = Object.keys(MANAGERS).find((name) => findProgram(MANAGERS[name].program));
  const lacking = needs.flatMap((need) => need.programs?.[0] ?? need.libraries).join(', ');
  if (!manager) {
    console.log(`This system lacks ${lacking}. Install them with its package manager.`);
    return;
  }
  const onTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY) && !process.env.CI;
  const prefix = asRoot(onTerminal);
  const packages = packagesOf(needs, manager);
  const { program, install: args } = MANAGERS[manager];
  const command = ['sudo', program, ...args, ...packages].join(' ');
  if (packages.length === 0) {
    console.log(`This system lacks ${lacking}, and its package manager has no package of them that we know.`);
    return;
  }
  if (!prefix) {
    console.log(`This system lacks ${lacking}. To install what is needed, type:\n  ${command}`);
    return;
  }
  console.log(`This system lacks ${lacking}. Needed packages: ${packages.join(' ')}`);
  if (onTerminal && !(await agrees('Install them now?'))) {
    console.log(`Not installed. To do it later, type:\n  ${command}`);
    return;
  }
  install(prefix, manager, needs);
  const still = missingNeeds(purpose).flatMap((need) => need.programs?.[0] ?? need.libraries);
  if (still.length > 0)
    console.log(`Still missing: ${still.join(', ')}. To install by hand, type:\n  ${command}`);
}
