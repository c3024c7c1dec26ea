import type { Task } from '#contract';
import { ProblemError } from '#contract/problem';
import { showToast } from '#ui/toasts';
import { client } from '../data/client';
import { showProblem } from '../data/problems';
import { useTaskStore } from '../data/tasks';
import { openRun } from '../run/store';
import { endedTasks } from './ended';
import { endedLine, headline } from './words';

/** Tells of pulls that end, once each. Deletions and runs are announced by what began them. Returns what ends it. */
export function announceTasks(): () => void {
  const newlyEnded = endedTasks();
  const look = () => {
    const { tasks, loaded } = useTaskStore.getState();
    if (!loaded) return;
    for (const task of newlyEnded(tasks.list)) if (task.kind === 'pull') announce(task);
  };
  look();
  return useTaskStore.subscribe(look);
}

function announce(task: Task): void {
  if (task.status === 'failed' && task.problem) {
    showProblem(new ProblemError(task.problem), (at) => retryTask(task.id, at));
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

/**
 * Does a failed or cancelled task again.
 * @param at not before this time, in milliseconds since 1970
 */
export function retryTask(taskId: string, at?: number): void {
  client.tasks.retry({ taskId, at }).catch(showProblem);
}
