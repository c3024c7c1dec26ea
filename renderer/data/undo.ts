import { ProblemError } from '#contract/problem';
import { dismissToast, showToast } from '../ui/toasts';
import { client } from './client';
import { useTaskStore, waitForTask } from './tasks';

/**
 * Says what is gone, with its undo, until the task of the deletion has ended.
 * @param show tells of what fails
 */
export async function offerUndo(
  taskId: string,
  title: string,
  show: (error: unknown) => void,
): Promise<void> {
  const toast = showToast({ kind: 'success', title, undo: () => undo(taskId, show) });
  const ended = await waitForTask(taskId);
  // The toast's clock stands still under the pointer, the engine's does not: an undo after this would do nothing.
  dismissToast(toast);
  if (ended.problem) show(new ProblemError(ended.problem));
}

function undo(taskId: string, show: (error: unknown) => void): void {
  if (useTaskStore.getState().tasks.byKey.get(taskId)?.status !== 'running') return;
  client.tasks.cancel({ taskId }).catch(show);
}
