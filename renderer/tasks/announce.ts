import type { Task } from '#contract';
import { ProblemError } from '#contract/problem';
import { showToast } from '#ui/toasts';
import { client } from '../data/client';
import { showProblem } from '../data/problems';
import { useTaskStore } from '../data/tasks';
import { openRun } from '../run/store';
import { endedLine, headline } from './words';

/**
 * Tells of pulls that end, once each. What had ended before the page knew of any task stays quiet: a reloaded window
 * has nothing new to say. Deletions and runs are announced by what started them. Returns what ends it.
 */
export function announceTasks(): () => void {
  const told = new Set<string>();
  let first = true;
  const look = () => {
    const { tasks, loaded } = useTaskStore.getState();
    if (!loaded) return;
    for (const task of tasks.list) {
      if (task.status === 'running' || told.has(task.id)) continue;
      told.add(task.id);
      if (!first && task.kind === 'pull') announce(task);
    }
    first = false;
  };
  look();
  return useTaskStore.subscribe(look);
}

function announce(task: Task): void {
  if (task.status === 'failed' && task.problem) {
    showProblem(new ProblemError(task.problem), () => retryTask(task.id));
  } else if (task.status === 'done') {
    const reference = task.result?.reference;
    showToast({
      kind: 'success',
      title: headline(task),
      text: endedLine(task) ?? undefined,
      key: `task ${task.id}`,
      actions: reference ? [{ label: 'Run', onPress: () => openRun(reference) }] : [],
    });
  }
}

/** Does a failed or cancelled task again. */
export function retryTask(taskId: string): void {
  client.tasks.retry({ taskId }).catch(showProblem);
}
