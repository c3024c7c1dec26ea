import type { Container, ProblemAction, RunFinding } from '#contract';

export const change = (label: string, field: string, value: unknown): ProblemAction => ({
  kind: 'change',
  label,
  field,
  value,
});

export const openContainer = ({ id, name }: Container): ProblemAction => ({
  kind: 'open',
  label: `Open ${name}`,
  page: 'containers',
  target: id,
});

/** It cannot be started like this. */
export const trouble = (field: string, message: string, ...actions: ProblemAction[]): RunFinding => ({
  level: 'problem',
  field,
  message,
  actions,
});

/** It can, but the user should know. */
export const warning = (field: string, message: string, ...actions: ProblemAction[]): RunFinding => ({
  level: 'warning',
  field,
  message,
  actions,
});

/** Indexes of entries whose key came before. */
export function repeated<T>(items: readonly T[], keyOf: (item: T) => string | null): number[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    if (key === null) return [];
    if (seen.has(key)) return [index];
    seen.add(key);
    return [];
  });
}
