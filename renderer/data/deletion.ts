import { ProblemError } from '#contract/problem';
import { dismissToast, showToast } from '../ui/toasts';
import { client } from './client';
import { showProblem } from './problems';
import { useTaskStore, waitForTask } from './tasks';

/**
 * Deletes something with the time to undo it. `start` hands back the task of the deletion, `title` says what is
 * gone: "import-job deleted". Whatever fails is shown.
 */
export async function deleteWithUndo(start: () => Promise<{ taskId: string }>, title: string): Promise<void> {
  try {
    const { taskId } = await start();
    const toast = showToast({ kind: 'success', title, undo: () => undo(taskId) });
    const ended = await waitForTask(taskId);
    // The toast's clock stands still under the pointer, the engine's does not: an undo after this would do nothing.
    dismissToast(toast);
    if (ended.problem) showProblem(new ProblemError(ended.problem));
  } catch (error) {
    showProblem(error);
  }
}

function undo(taskId: string): void {
  if (useTaskStore.getState().tasks.byKey.get(taskId)?.status !== 'running') return;
  client.tasks.cancel({ taskId }).catch(showProblem);
}
