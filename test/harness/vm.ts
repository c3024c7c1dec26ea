import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, existsSync } from 'node:fs';
import { chmod, cp, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import type { VmSettings } from '#contract';
import { ProblemError } from '#contract/problem';
import { openDisk } from '#vm/disk/disk';
import { defaultVmSettings } from '#vm/host';
import { Vm } from '#vm/index';
import { places } from '#vm/places';
import type { Account } from './accounts';
import { findProgram } from './run';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const ARCH = process.arch === 'arm64' ? 'arm64' : 'amd64';
export const IMAGE = process.env.GANTRY_GUEST ?? join(ROOT, 'out/guest', ARCH);
export const KEEPER = process.env.GANTRY_KEEPER ?? join(ROOT, 'out/vm/keeper.js');
const QEMU = ARCH === 'arm64' ? 'qemu-system-aarch64' : 'qemu-system-x86_64';

/** A running VM of Gantry's own. */
export interface TestVm extends AsyncDisposable {
  vm: Vm;
  /** `unix://…` */
  dockerHost: string;
  socket: string;
  /** Runs a program in the guest, as root; gives what it printed. @throws Error when it fails */
  inGuest(...argv: string[]): Promise<string>;
  /** Changes settings, of which those apply that apply live. */
  change(settings: Partial<VmSettings>): Promise<void>;
  /** Stops the VM and waits until it has ended. */
  stop(): Promise<void>;
}

/** Why no VM can be started here, in plain words; undefined when one can. */
export function whyNoVm(): string | undefined {
  if (process.platform !== 'linux') return 'the tests of the VM need Linux';
  if (!findProgram(QEMU)) return `not installed: ${QEMU}`;
  if (!existsSync(join(IMAGE, 'manifest.json'))) return 'no guest image: `npm run guest:build` makes it';
  return existsSync(KEEPER) ? undefined : 'the keeper is not built: `npm run build` makes it';
}

/**
 * A suite with a VM. Where none can run it is skipped, with the reason in its name.
 * @param otherReason why what the suite needs besides is not there
 */
export function describeWithVm(name: string, suite: () => void, otherReason?: string): void {
  const missing = whyNoVm() ?? otherReason;
  if (missing) describe.skip(`${name} (${missing})`, () => suite());
  else describe(name, () => suite());
}

/**
 * Starts a VM and waits until its engine answers.
 * @param home its GANTRY_HOME
 */
export async function startVm(
  home: string,
  settings: Partial<VmSettings> = {},
  as?: KeeperUser,
): Promise<TestVm> {
  const all: VmSettings = { ...defaultVmSettings(), folders: [], idleMinutes: null, ...settings };
  // The keeper writes a context for the docker CLI, which must not be the one of whoever runs the tests.
  process.env.DOCKER_CONFIG ??= join(home, 'docker');
  const program = as ? await copyForEveryone() : { image: IMAGE, keeper: KEEPER };
  const keeper = as && (await startKeeperAs(as, program.keeper, home));
  const vm = new Vm({
    home,
    image: program.image,
    keeperProgram: program.keeper,
    arch: ARCH,
    settings: () => all,
  });
  const stop = async (): Promise<void> => {
    try {
      const ran = vm.state.status === 'running';
      await vm.stop();
      if (ran) await assertUnmounted(home);
    } finally {
      await vm.close();
      await keeper?.end();
      if ('folder' in program) await rm(program.folder, { recursive: true });
    }
  };
  try {
    await vm.start();
  } catch (error) {
    await stop().catch(() => undefined);
    // The home folder with its logs is about to go.
    if (error instanceof ProblemError)
      throw new Error(`${error.problem.explanation}\n${error.problem.detail ?? ''}`, { cause: error });
    throw error;
  }
  return {
    vm,
    dockerHost: vm.host,
    socket: places(home).dockerSocket,
    inGuest: (...argv) => inGuest(vm, argv),
    change: async (change) => {
      Object.assign(all, change);
      await vm.apply();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/**
 * A stop unmounts the data disk: nothing of its journal is left to be replayed. In ext4's superblock, 1024 bytes in, that
 * is flag 4 of the 32 bits at 0x60: https://docs.kernel.org/filesystems/ext4/globals.html
 */
async function assertUnmounted(home: string): Promise<void> {
  const disk = await openDisk(places(home).diskRecord);
  if (!disk) return;
  const file = await open(disk.path);
  const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 1024 + 0x60).finally(() => file.close());
  if (buffer.readUInt32LE() & 4) throw new Error('The stop left the data disk mounted');
}

/** Who runs the keeper, when not the user who runs the tests. */
export interface KeeperUser {
  account: Account;
  /** A file that it sees in place of /etc/resolv.conf. */
  resolvConf?: string;
}

/** In a mount namespace of its own, as another user. */
const wrapper = `
[ -z "$1" ] || mount --bind -- "$1" /etc/resolv.conf
shift
exec "$@"`;

/** Copies the keeper and the guest's image to where every user can read them: a checkout may be its owner's alone. */
async function copyForEveryone() {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-test-program-'));
  await chmod(folder, 0o755);
  const program = { folder, image: join(folder, 'image'), keeper: join(folder, 'keeper.js') };
  await cp(IMAGE, program.image, { recursive: true, mode: constants.COPYFILE_FICLONE });
  await cp(KEEPER, program.keeper);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  return program;
}

/** Starts the keeper as another user, as that user's own Gantry would; resolves when it listens. */
async function startKeeperAs(
  { account, resolvConf = '' }: KeeperUser,
  program: string,
  home: string,
): Promise<{ end(): Promise<void> }> {
  const { uid, gid } = account;
  const asUser = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', process.execPath];
  const child = spawn(
    'unshare',
    ['--mount', 'sh', '-c', wrapper, 'sh', resolvConf, ...asUser, program, home],
    {
      cwd: '/',
      detached: true,
      env: { PATH: process.env.PATH, HOME: account.home },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    },
  );
  const exited = once(child, 'exit');
  const [word] = await Promise.race([once(child, 'message'), exited]);
  if (child.connected) child.disconnect();
  if (word !== 'ready') throw new Error(`The keeper did not start: ${word}`);
  return {
    end: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Runs a program in the guest, as root; gives what it printed. @throws Error when it fails */
export async function inGuest(vm: Vm, argv: string[]): Promise<string> {
  const program = await vm.run({ argv, tty: null }, new AbortController().signal);
  program.stdin.end();
  const [code, out, err] = await Promise.all([program.exited, text(program.stdout), text(program.stderr)]);
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${err || out}`);
  return out.trim();
}
