import { showProblem } from './problems';
import { offerUndo } from './undo';

/**
 * Deletes something with the time to undo it. `start` hands back the task of the deletion, `title` says what is
 * gone: "import-job deleted". Whatever fails is shown.
 */
export async function deleteWithUndo(start: () => Promise<{ taskId: string }>, title: string): Promise<void> {
  try {
    const { taskId } = await start();
    await offerUndo(taskId, title, showProblem);
  } catch (error) {
    showProblem(error);
  }
}
