import { create } from 'zustand';
import type { Task } from '#contract';
import { client } from './client';
import { type Collection, emptyCollection, patched } from './collection';
import { followForever } from './follow';

const id = (task: Task) => task.id;

/** Every task of the backend, oldest first: pulls, runs and deletions, under way and ended. */
export const useTaskStore = create<{ tasks: Collection<Task>; loaded: boolean }>(() => ({
  tasks: emptyCollection(),
  loaded: false,
}));

export const useTasks = (): readonly Task[] => useTaskStore((now) => now.tasks.list);
export const useTask = (taskId: string | null): Task | undefined =>
  useTaskStore((now) => (taskId === null ? undefined : now.tasks.byKey.get(taskId)));

/** Follows the backend's tasks until the returned function is called. */
export function followTasks(): () => void {
  const owner = new AbortController();
  void followForever(
    async (signal) => {
      const stream = await client.tasks.watch(undefined, { signal });
      // What is known from before a reconnect may be gone by now; the first batch tells all there is.
      useTaskStore.setState({ tasks: emptyCollection() });
      return stream;
    },
    (batch) => useTaskStore.setState((now) => ({ tasks: patched(now.tasks, batch, id), loaded: true })),
    owner.signal,
  );
  return () => owner.abort();
}

/** The task when it has ended. Rejects when `signal` aborts first. */
export function waitForTask(taskId: string, signal?: AbortSignal): Promise<Task> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const task = useTaskStore.getState().tasks.byKey.get(taskId);
      if (!task || task.status === 'running') return;
      finish();
      resolve(task);
    };
    const abort = () => {
      finish();
      reject(signal?.reason);
    };
    const unsubscribe = useTaskStore.subscribe(check);
    const finish = () => {
      unsubscribe();
      signal?.removeEventListener('abort', abort);
    };
    signal?.addEventListener('abort', abort, { once: true });
    check();
  });
}
