import type { Container } from '#contract';

const exitWords: Record<number, string> = {
  0: 'means: it ended without an error.',
  1: 'is what most programs report for any error.',
  2: 'is what many programs report for a wrong option.',
  125: 'is what the docker command reports when it could not start it.',
  126: 'means: the start file may not be executed.',
  127: 'means: the start command was not found.',
  128: 'means: the engine could not start it.',
  130: 'means: interrupted, as by Ctrl C.',
  132: 'means: the processor does not know its instructions (signal 4).',
  134: 'means: it aborted itself (signal 6).',
  135: 'means: it touched memory that is not there (signal 7).',
  137: 'means: killed by signal 9.',
  139: 'means: it touched memory that is not its own (signal 11).',
  143: 'means: it was asked to end (signal 15).',
};

/** What follows the exit code in a sentence. */
export function exitMeaning({ exitCode, oomKilled }: Container): string {
  const words = exitWords[exitCode ?? -1] ?? 'is the program’s own; its documentation says what it means.';
  return oomKilled ? `${words} The engine also set its mark OOMKilled.` : words;
}

/** Why a container that is not well is as it is, for the tooltip of its state; nothing for the others. */
export function stateTip(container: Container): string | undefined {
  const { state, startError, oomKilled, exitCode, health } = container;
  if (startError) return startError;
  if (state === 'running' && health === 'unhealthy') return 'It runs, but its health check fails.';
  const ended = state === 'exited' || state === 'restarting';
  if (!ended || exitCode === null) return undefined;
  if (oomKilled) return 'It ran out of memory, so the kernel ended it.';
  return exitCode === 0 ? undefined : `Exit code ${exitCode} ${exitMeaning(container)}`;
}
