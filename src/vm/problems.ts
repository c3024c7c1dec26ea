import type { Problem } from '#contract';
import { copyCommand } from '#contract/problem';

const retry = { kind: 'retry', label: 'Try again' } as const;
const start = { kind: 'call', label: 'Start the engine', procedure: 'vm.start' } as const;
const settings = { kind: 'open', label: 'Open resources', page: 'settings', target: 'resources' } as const;

/** @param install the command that installs it; null where none is known */
export const qemuMissing = (install: string | null): Problem => ({
  code: 'vm-no-qemu',
  title: 'QEMU is not installed',
  explanation: `Gantry's virtual machine runs in QEMU, a free program. ${
    install === null
      ? "Your system's package manager has it, mostly as qemu-system-x86 (or qemu-system-arm on ARM computers)."
      : 'The command installs it: paste it into a terminal.'
  }`,
  actions: [...(install === null ? [] : [copyCommand(install)]), retry],
});

export const notRunning: Problem = {
  code: 'vm-not-running',
  title: 'The virtual machine does not run',
  explanation: 'This needs the engine inside it.',
  actions: [start],
};

export const foldersInUse = (names: string[]): Problem => ({
  code: 'vm-folders-in-use',
  title: 'The virtual machine cannot be suspended now',
  explanation: `${names.join(', ')} ${names.length === 1 ? 'uses a folder' : 'use folders'} of this computer, and such a connection cannot be frozen. Stop ${names.length === 1 ? 'that container' : 'those containers'} first, or stop the virtual machine.`,
  actions: [{ kind: 'call', label: 'Stop the engine', procedure: 'vm.stop' }],
});

/** @param said the system's own words */
export const diskFailed = (full: boolean, said: string): Problem => ({
  code: full ? 'vm-host-disk-full' : 'vm-host-disk-failed',
  title: full
    ? "The virtual machine stands still: this computer's disk is full"
    : "The virtual machine stands still: this computer's disk cannot be written",
  explanation: full
    ? 'Its disk needs more room on this computer. Nothing is lost: make room, and it goes on by itself.'
    : 'Nothing is lost: it goes on by itself as soon as its disk can be written again.',
  actions: [settings],
  ...(said ? { detail: said } : {}),
});

const engineSettings = {
  kind: 'open',
  label: 'Open the configuration',
  page: 'settings',
  target: 'engine',
} as const;

/** @param said the engine's own words */
export const configDropped = (said: string): Problem => ({
  code: 'engine-config-dropped',
  title: 'The engine runs without your daemon.json',
  explanation:
    'It did not start with it, so it was left out. Your text is kept: correct it, and apply it again.',
  actions: [engineSettings],
  ...(said ? { detail: said } : {}),
});

/** @param runs whether the engine answers again @param said its own words */
export const configRefused = (runs: boolean, said: string): Problem => ({
  code: 'engine-config-refused',
  title: 'The engine did not take this daemon.json',
  explanation: runs
    ? 'Gantry put back the one before, and the engine runs with it. What the engine did not like is below.'
    : 'Gantry put back the one before, but the engine does not answer yet. Start the virtual machine again if it stays so.',
  actions: runs ? [] : [{ kind: 'call', label: 'Restart', procedure: 'vm.restart' }],
  ...(said ? { detail: said } : {}),
});

/** A start that did not succeed. @param cause in plain words @param serial the guest's last lines */
export const startFailed = (code: string, step: string, cause: string, serial: string): Problem => ({
  code,
  title: 'The virtual machine could not be started',
  explanation: `It got as far as this step: ${step}. ${cause}`,
  actions: [{ kind: 'call', label: 'Start again', procedure: 'vm.start' }, settings],
  ...(serial ? { detail: serial } : {}),
});

/** A start that failed for a reason that nobody thought of. */
export const unknownFailure = (error: unknown): Problem => ({
  code: 'unknown',
  title: 'The virtual machine could not be started',
  explanation: 'The reason is not one that Gantry knows. Its own words are below.',
  actions: [{ kind: 'call', label: 'Start again', procedure: 'vm.start' }],
  detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
});
