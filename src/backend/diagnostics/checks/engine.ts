import { z } from 'zod';
import type { Problem } from '#contract';
import { ask } from '#engine/ask';
import { reconnect } from '#engine/catalogue/actions';
import { type Check, failed, ok, settledEngine, skipped, warning } from '../check';

const startVm = { kind: 'call', label: 'Try again', procedure: 'vm.start' } as const;

/** Gantry's own engine that sleeps or is on its way is no fault; one that was stopped may be meant so. */
function away({ title, explanation, actions: [fix] }: Problem) {
  return fix ? warning(title, explanation, fix) : skipped(title, explanation);
}

/** Whether the engine that Gantry works with answers. */
export const engine: Check = {
  id: 'engine',
  title: 'Docker Engine answers',
  async run(context, signal) {
    const { problem, endpoint } = await settledEngine(context, signal);
    if (problem?.code === 'vm-away') return away(problem);
    if (problem) {
      // A check repeats nothing: what was tried is the connection, or the start of the VM.
      const fix = problem.actions.find(({ kind }) => kind !== 'retry');
      const again = problem.code.startsWith('vm-') ? startVm : reconnect;
      return failed(problem.title, problem.explanation, fix ?? again);
    }
    const began = performance.now();
    await ask(context.services.engine.docker(), { path: '/_ping', answer: z.unknown(), signal });
    return ok(`${Math.max(1, Math.round(performance.now() - began))} ms`, endpoint?.host);
  },
};
