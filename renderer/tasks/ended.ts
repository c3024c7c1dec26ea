import type { Task } from '#contract';

/**
 * Tells which tasks have ended since it was asked before, each once. At the first time none: what had ended before
 * is no news, as after a reload.
 */
export function endedTasks(): (tasks: readonly Task[]) => Task[] {
  const told = new Set<string>();
  let first = true;
  return (tasks) => {
    const ended = tasks.filter(({ id, status }) => status !== 'running' && !told.has(id));
    for (const { id } of ended) told.add(id);
    if (!first) return ended;
    first = false;
    return [];
  };
}
