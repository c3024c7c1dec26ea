import { z } from 'zod';
import { ask } from '#engine/ask';
import { type Check, failed, hasEngine, noEngine, ok, warning } from '../check';

const info = z.object({ SystemTime: z.iso.datetime({ offset: true }) });

/** Registries refuse sign-ins and certificates by clocks that are further off. */
const noticeMs = 5_000;
const wrongMs = 60_000;

/** @param aheadMs by how much the engine's clock is ahead of this computer's */
export function judgeClock(aheadMs: number) {
  const off = Math.abs(aheadMs);
  if (off < noticeMs) return ok(off < 1000 ? 'less than 1 s apart' : `${Math.round(off / 1000)} s apart`);
  const fact = `The engine’s clock is ${Math.round(off / 1000)} s ${aheadMs > 0 ? 'ahead' : 'behind'}`;
  const why =
    'Sign-ins to registries and certificates can fail, and times in logs are wrong. Set the clock of the computer that is wrong; Gantry’s own engine takes this computer’s time when it is started again.';
  return off < wrongMs ? warning(fact, why) : failed(fact, why);
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
    return judgeClock(Date.parse(SystemTime) - (before + Date.now()) / 2);
  },
};
