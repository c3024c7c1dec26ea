import type { Container, RunSpec, Task } from '#contract';
import { engineHostname, publishedPorts } from '#contract/published-ports';
import { useProjection } from '../data/projection';
import { waitForTask } from '../data/tasks';
import { navigate } from '../shell/router';
import { showToast } from '../ui/toasts';
import { reopenRun } from './store';

/** How long the projection may take to show what the engine just started. */
const SHOW_LIMIT_MS = 3000;

/** The container as the engine has it; undefined when it does not show up. */
function appeared(id: string): Promise<Container | undefined> {
  return new Promise((resolve) => {
    const done = (found: Container | undefined) => {
      clearTimeout(limit);
      unsubscribe();
      resolve(found);
    };
    const look = () => {
      const found = useProjection.getState().containers.byKey.get(id);
      if (found && found.state !== 'created') done(found);
    };
    const limit = setTimeout(() => done(undefined), SHOW_LIMIT_MS);
    const unsubscribe = useProjection.subscribe(look);
    look();
  });
}

function announce(id: string, name: string, container: Container | undefined): void {
  const logs = {
    label: 'Show the logs',
    onPress: () => navigate({ page: 'containers', id, tab: 'logs' }),
  };
  if (container?.state === 'exited' || container?.state === 'restarting') {
    showToast({ kind: 'info', title: `${name} started and ended`, actions: [{ ...logs, primary: true }] });
    return;
  }
  const host = engineHostname(useProjection.getState().engine.endpoint?.host);
  const door = container && publishedPorts(container, host).find(({ url }) => url !== null);
  const open = door?.url && {
    label: `Open ${door.address}`,
    primary: true,
    onPress: () => void window.open(door.url ?? '', '_blank', 'noopener'),
  };
  showToast({ kind: 'success', title: `${name} runs`, actions: open ? [open, logs] : [logs] });
}

/**
 * Waits for the end of a run and tells it, whether or not the dialog is still there.
 * @param inDialog whether the dialog shows a failure itself
 * @returns the task as it ended
 */
export async function followRun(
  taskId: string,
  spec: RunSpec,
  { openLogs, inDialog }: { openLogs: () => boolean; inDialog: () => boolean },
): Promise<Task> {
  const task = await waitForTask(taskId);
  if (task.status === 'failed' && task.problem && !inDialog()) {
    const problem = task.problem;
    showToast({
      kind: 'error',
      title: problem.title,
      text: problem.explanation,
      actions: [{ label: 'Change and run again', primary: true, onPress: () => reopenRun(spec, problem) }],
    });
  }
  const id = task.result?.containerId;
  if (task.status !== 'done' || id === undefined) return task;
  const container = await appeared(id);
  announce(id, container?.name ?? spec.name ?? spec.image, container);
  if (openLogs()) navigate({ page: 'containers', id, tab: 'logs' });
  return task;
}
