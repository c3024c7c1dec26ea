import { isContractProcedure } from '@orpc/contract';
import { expect } from 'vitest';
import { z } from 'zod';
import { contract, type Problem } from '#contract';

const parts = z.record(z.string(), z.unknown());
const schema = z.instanceof(z.ZodType);

/** The procedure at a dotted path of the contract. */
function procedureAt(path: string): unknown {
  return path.split('.').reduce((at: unknown, part) => parts.parse(at)[part], contract);
}

/** Fails for a button that would do nothing: a procedure that is not there, or one that would refuse the input. */
export function expectLiveButtons({ actions }: Problem): void {
  const labels = actions.map(({ label }) => label);
  expect(new Set(labels).size, 'each button has words of its own').toBe(labels.length);
  for (const action of actions) {
    if (action.kind !== 'call') continue;
    const procedure = procedureAt(action.procedure);
    if (!isContractProcedure(procedure)) throw new Error(`There is no procedure ${action.procedure}`);
    const input = procedure['~orpc'].inputSchema;
    if (input) schema.parse(input).parse(action.input);
    else expect(action.input).toBeUndefined();
  }
}
