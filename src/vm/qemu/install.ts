import { findProgram } from './programs';

/** What installs QEMU, and `qemu-img`, by package manager: the first one that is there. */
const managers: { program: string; install: string; packages: Record<'amd64' | 'arm64', string> }[] = [
  {
    program: 'apt-get',
    // What it recommends is for windows of QEMU's own.
    install: 'sudo apt-get install --no-install-recommends',
    packages: { amd64: 'qemu-system-x86 qemu-utils', arm64: 'qemu-system-arm qemu-utils' },
  },
  {
    program: 'dnf',
    install: 'sudo dnf install',
    packages: { amd64: 'qemu-system-x86-core qemu-img', arm64: 'qemu-system-aarch64-core qemu-img' },
  },
  {
    program: 'pacman',
    install: 'sudo pacman -S',
    packages: { amd64: 'qemu-system-x86 qemu-img', arm64: 'qemu-system-aarch64 qemu-img' },
  },
  {
    program: 'zypper',
    install: 'sudo zypper install',
    packages: { amd64: 'qemu-x86 qemu-tools', arm64: 'qemu-arm qemu-tools' },
  },
  { program: 'brew', install: 'brew install', packages: { amd64: 'qemu', arm64: 'qemu' } },
  {
    program: 'winget',
    install: 'winget install --exact --id',
    packages: { amd64: 'SoftwareFreedomConservancy.QEMU', arm64: 'SoftwareFreedomConservancy.QEMU' },
  },
];

/** The command that installs QEMU for a guest of this architecture; null where no known package manager is. */
export async function installCommand(
  arch: 'amd64' | 'arm64',
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  for (const { program, install, packages } of managers) {
    if (await findProgram(program, env)) return `${install} ${packages[arch]}`;
  }
  return null;
}
