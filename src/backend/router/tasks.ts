import type { Procedures } from '../boundary';
import type { Services } from '../services';

export function tasksRouter({ tasks: at }: Procedures, { tasks }: Services) {
  return at.router({
    watch: at.watch.handler(({ signal }) => tasks.watch(signal)),
    cancel: at.cancel.handler(({ input }) => tasks.cancel(input.taskId)),
    retry: at.retry.handler(({ input }) => ({ taskId: tasks.retry(input.taskId, input.at) })),
    clear: at.clear.handler(() => tasks.clear()),
  });
}
