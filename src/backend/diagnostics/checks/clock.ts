import { z } from 'zod';
import { copyCommand, type ProblemAction } from '#contract/problem';
import { ask } from '#engine/ask';
import { type Check, failed, hasEngine, noEngine, ok, usesVm, warning } from '../check';

const info = z.object({ SystemTime: z.iso.datetime({ offset: true }) });

/** Registries refuse sign-ins and certificates by clocks that are further off. */
const noticeMs = 5_000;
const wrongMs = 60_000;

const setOwn: ProblemAction = {
  kind: 'call',
  label: 'Set the clock',
  procedure: 'diagnostics.fix',
  input: { repair: 'clock' },
};
/** Lets systemd follow the time of the network. */
const followNetwork = copyCommand('sudo timedatectl set-ntp true');

/** @param aheadMs by how much the engine's clock is ahead of this computer's @param own whether it is in Gantry's VM */
export function judgeClock(aheadMs: number, own: boolean) {
  const off = Math.abs(aheadMs);
  if (off < noticeMs) return ok(off < 1000 ? 'less than 1 s apart' : `${Math.round(off / 1000)} s apart`);
  const fact = `The engine’s clock is ${Math.round(off / 1000)} s ${aheadMs > 0 ? 'ahead' : 'behind'}`;
  const why = 'Sign-ins to registries and certificates can fail, and times in logs are wrong.';
  const how = own
    ? 'It is set to the time of this computer.'
    : 'On Linux, the command sets the clock of the computer that is wrong; an engine in a virtual machine takes the time when that is started again.';
  return (off < wrongMs ? warning : failed)(fact, `${why} ${how}`, own ? setOwn : followNetwork);
}

/** Whether engine and computer agree on the time. */
export const clock: Check = {
  id: 'clock',
  title: 'Clock',
  async run(context, signal) {
    if (!(await hasEngine(context, signal))) return noEngine;
    const before = Date.now();
    const { SystemTime } = await ask(context.services.engine.docker(), {
      path: '/info',
      answer: info,
      signal,
    });
    // It was said somewhere between question and answer.
    return judgeClock(Date.parse(SystemTime) - (before + Date.now()) / 2, usesVm(context));
  },
};
