import type { ProblemAction } from '#contract/problem';
import { search, showLog, start } from './actions';
import type { Circumstances } from './entry';

const MB = 1024 * 1024;
/** Characters of a line that fit into a sentence. */
export const quoted = 200;

const size = (bytes: number) =>
  bytes >= 1024 * MB ? `${+(bytes / MB / 1024).toFixed(1)} GB` : `${Math.round(bytes / MB)} MB`;

/** Signals that end a program which does not catch them, and what they mean for its user. */
export const signals: Record<number, string> = {
  4: 'It used an instruction that this processor does not have (signal SIGILL). Often the image was built for a newer processor, or is emulated.',
  5: 'It stopped itself at a check that failed, or at a debugger’s mark (signal SIGTRAP).',
  6: 'It ended itself because it found a mistake in its own state (signal SIGABRT). Its log often says what.',
  7: 'It touched memory that is not there (signal SIGBUS). A full disk or shared memory that is too small can be the reason.',
  8: 'It divided by zero or the like (signal SIGFPE).',
  11: 'It read or wrote memory that is not its own (signal SIGSEGV).',
  31: 'It called what the engine’s protection forbids (signal SIGSYS).',
};
/** A shell, and the engine, add 128 to the signal that ended a program. */
export const signalOf = ({ container: { State } }: Circumstances) => State.ExitCode - 128;

export function crashWords(all: Circumstances): string {
  const { enginePlatform, imagePlatform, container } = all;
  const emulated = enginePlatform && imagePlatform && enginePlatform !== imagePlatform;
  const reason = `${signals[signalOf(all)] ?? ''} Its exit code is ${container.State.ExitCode}.`;
  return emulated
    ? `${reason} It is built for ${imagePlatform} and emulated on ${enginePlatform}, which is often the reason.`
    : `${reason} That is a fault of the program, or of a library it uses.`;
}

export function crashActions({ enginePlatform, imagePlatform, container }: Circumstances): ProblemAction[] {
  const emulated = enginePlatform && imagePlatform && enginePlatform !== imagePlatform;
  return [
    ...(emulated ? [search('Find a tag for this processor', container.Config.Image)] : []),
    showLog(container.Id),
    start(container.Id),
  ];
}

export function memoryWords({ container: { State, HostConfig } }: Circumstances): string {
  return HostConfig.Memory
    ? `It wanted more than its limit of ${size(HostConfig.Memory)}, so the kernel ended it (exit code ${State.ExitCode}).`
    : `The engine’s machine had no memory left, so its kernel ended it (exit code ${State.ExitCode}).`;
}

export function memoryActions({ container: { Id, HostConfig }, inVm }: Circumstances): ProblemAction[] {
  const raised = HostConfig.Memory * 2;
  if (raised > 0) {
    const label = `Raise to ${size(raised)} and start`;
    const input = { id: Id, memoryBytes: raised, start: true };
    return [{ kind: 'call', label, procedure: 'containers.setMemoryLimit', input }, showLog(Id)];
  }
  const more: ProblemAction = {
    kind: 'open',
    label: 'Give the virtual machine more',
    page: 'settings',
    target: 'resources',
  };
  return [...(inVm ? [more] : []), start(Id), showLog(Id)];
}

/** What a failed health check says; the engine sets -1 for one that it broke off. */
export function healthWords({ container }: Circumstances): string {
  const failed = container.State.Health?.Log.findLast((check) => check.ExitCode !== 0);
  if (!failed) return 'The check that its image or its start command asks for does not succeed.';
  const said = failed.Output.trim().slice(0, quoted);
  if (failed.ExitCode === -1) return `The check gave no answer in time. ${said}`.trim();
  if (failed.ExitCode === 126 || failed.ExitCode === 127) {
    return `The check itself cannot run: the image has no such program, or it may not be executed. It said: ${said}`;
  }
  return `The check ended with exit code ${failed.ExitCode}${said ? ` and said: ${said}` : ' and said nothing'}.`;
}
