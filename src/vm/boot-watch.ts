import type { Accelerator, BootStep } from '#contract';
import { ProblemError } from '#contract/problem';
import type { Guest } from './guest';
import { guestFailure } from './guest-failures';
import type { Places } from './places';
import { startFailed } from './problems';
import { followSerial, lastSerial } from './serial';
import { stepTitle } from './state';

/** QEMU ended, or the guest said nothing, before its first line: the sign of an accelerator that does not work. */
export class NoFirstLine extends ProblemError {
  constructor(
    problem: ProblemError['problem'],
    readonly why: string,
  ) {
    super(problem);
  }
}

/** From the spawn to the guest's first line: 3.3 s measured under emulation, on a quiet computer. */
const firstLineMs = (accelerator: Accelerator) => (accelerator === 'tcg' ? 120_000 : 10_000);
/** From there to the engine: 12 s under emulation on a quiet computer, many times that on a busy one. */
const engineMs = 300_000;
const lastWordsBytes = 4000;

/**
 * Follows what the guest says of its start, and resolves when its engine is ready.
 * @throws ProblemError with the step at which it stopped, and why
 */
export async function watchBoot(start: {
  places: Places;
  guest: Guest;
  signal: AbortSignal;
  report(step: BootStep): void;
  formatted(): Promise<void>;
}): Promise<void> {
  const { places, guest, signal, report } = start;
  const over = new AbortController();
  const ends = AbortSignal.any([signal, guest.signal, over.signal]);
  let last: BootStep = 'machine';
  let timer = setTimeout(() => over.abort(), firstLineMs(guest.facts.accelerator.name));
  const fail = async (code: string, cause: string) => {
    const problem = startFailed(
      code,
      stepTitle(last),
      cause,
      await lastSerial(places.serialLog, lastWordsBytes),
    );
    return last === 'machine' ? new NoFirstLine(problem, cause) : new ProblemError(problem);
  };
  try {
    for await (const line of followSerial(places.serialLog, ends)) {
      if (line.kind === 'formatted') await start.formatted();
      if (line.kind === 'config-dropped') guest.facts.configDropped = line.text;
      if (line.kind === 'panic') throw await fail('vm-kernel-panic', "The guest's kernel gave up.");
      if (line.kind === 'failed') {
        const { code, cause } = guestFailure(line.reason, line.text);
        throw await fail(code, cause);
      }
      if (line.kind !== 'step') continue;
      if (last === 'machine') {
        clearTimeout(timer);
        timer = setTimeout(() => over.abort(), engineMs);
      }
      last = line.step;
      report(last);
      if (last === 'ready') return;
    }
    signal.throwIfAborted();
    if (over.signal.aborted)
      throw await fail('vm-start-too-slow', 'It did not get any further in a long time.');
    throw await fail('vm-qemu-ended', `${await guest.exited}.`);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}
