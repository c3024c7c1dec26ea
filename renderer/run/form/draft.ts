import { z } from 'zod';
import type { RunFinding, RunSpec } from '#contract';
import { runSpec } from '#contract/run';

/** A run while it is entered: a port that is not entered yet is 0. */
export const draftSchema = runSpec.extend({
  ports: z.array(runSpec.shape.ports.element.extend({ containerPort: z.number() })),
});

/** A copy in which the value at `path` (`ports.0.hostPort`) is another one; a row without one is left out. */
function changed(target: unknown, [key, ...rest]: string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(target)) {
    const copy: unknown[] = [...target];
    if (rest.length === 0 && value === undefined) return copy.toSpliced(Number(key), 1);
    copy[Number(key)] = changed(copy[Number(key)], rest, value);
    return copy;
  }
  const fields: Record<string, unknown> = typeof target === 'object' && target !== null ? { ...target } : {};
  fields[key] = changed(fields[key], rest, value);
  if (fields[key] === undefined) delete fields[key];
  return fields;
}

/** The run after a fix: the value of one field, by its path, is another one. Null when it does not fit. */
export function withChange(spec: RunSpec, field: string, value: unknown): RunSpec | null {
  const parsed = draftSchema.safeParse(changed(spec, field.split('.'), value));
  return parsed.success ? parsed.data : null;
}

const words: [RegExp, string][] = [
  [/^ports\.\d+\.containerPort$/, 'Say which port inside the container.'],
  [/^health\./, 'A health check needs numbers above zero.'],
];

/** What the form's own schema refuses; the engine is asked only about what it accepts. */
export function formFindings(spec: RunSpec): RunFinding[] {
  const parsed = runSpec.safeParse(spec);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path }) => {
    const field = path.join('.');
    const message = words.find(([pattern]) => pattern.test(field))?.[1] ?? 'This value does not fit.';
    return { level: 'problem', field, message, actions: [] };
  });
}

/** The row or field that a finding stands at: `ports.0` of `ports.0.hostPort`. */
export const rootOf = (field: string): string => field.split('.').slice(0, 2).join('.');
