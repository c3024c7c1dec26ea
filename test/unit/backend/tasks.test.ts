import { expect, test } from 'vitest';
import { type TaskControl, type TaskPlan, Tasks } from '#backend/tasks';
import type { Task } from '#contract';
import { toProblem } from '#engine/problems';

const plan = (work: TaskPlan['work'], more: Partial<TaskPlan> = {}): TaskPlan => ({
  kind: 'pull',
  title: 'Pull x',
  subject: ['x'],
  canRetry: true,
  work,
  ...more,
});

/** Reads until the task is as wanted. */
async function until(tasks: Tasks, id: string, wanted: (task: Task) => boolean): Promise<Task> {
  for await (const { set } of tasks.watch(AbortSignal.timeout(5000))) {
    const task = set.find((candidate) => candidate.id === id);
    if (task && wanted(task)) return task;
  }
  throw new Error('It never came to that');
}
const ended = (task: Task) => task.status !== 'running';

const untilAborted = ({ signal }: TaskControl) =>
  new Promise<null>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

test('a reader that comes late is told all tasks, then what changes', async () => {
  const tasks = new Tasks((error) => toProblem(error));
  let finish = () => {};
  const id = tasks.start(
    plan(async ({ report }) => {
      report({ kind: 'steps', step: 1, of: 2, doing: 'One' });
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return { imageId: 'sha256:1' };
    }),
  );
  expect(await until(tasks, id, () => true)).toMatchObject({ progress: { doing: 'One' }, status: 'running' });
  finish();
  expect(await until(tasks, id, ended)).toMatchObject({ status: 'done', result: { imageId: 'sha256:1' } });
});

test('a failure is told as a problem and can be tried again as a new task', async () => {
  const tasks = new Tasks((error) => toProblem(error));
  let tries = 0;
  const id = tasks.start(
    plan(async () => {
      tries += 1;
      if (tries === 1) throw new Error('no space left on device');
      return null;
    }),
  );
  const failed = await until(tasks, id, ended);
  expect(failed).toMatchObject({ status: 'failed', canRetry: true, problem: { code: 'disk-full' } });
  const again = tasks.retry(id);
  expect((await until(tasks, again, ended)).status).toBe('done');
  expect(() => tasks.retry(again)).toThrow();
});

test('cancelling aborts the work and waits for its end', async () => {
  const tasks = new Tasks((error) => toProblem(error));
  const id = tasks.start(plan(untilAborted));
  await tasks.cancel(id);
  expect((await until(tasks, id, ended)).status).toBe('cancelled');
});

test('past its point of no return a task cannot be cancelled', async () => {
  const tasks = new Tasks((error) => toProblem(error));
  let finish = () => {};
  const id = tasks.start(
    plan(async ({ signal, commit }) => {
      commit();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      expect(signal.aborted).toBe(false);
      return null;
    }),
  );
  await tasks.cancel(id);
  finish();
  expect((await until(tasks, id, ended)).status).toBe('done');
});

test('clear forgets what has ended and says so', async () => {
  const tasks = new Tasks((error) => toProblem(error));
  const done = tasks.start(plan(async () => null));
  const running = tasks.start(plan(untilAborted));
  await until(tasks, done, ended);
  const reader = tasks.watch(AbortSignal.timeout(5000));
  await reader.next();
  tasks.clear();
  expect((await reader.next()).value).toEqual({ set: [], gone: [done] });
  await tasks.close();
  expect((await until(tasks, running, ended)).status).toBe('cancelled');
});

test('a try at a time to come waits for it, says so, and can be cancelled', async () => {
  const tasks = new Tasks((error) => toProblem(error));
  let tries = 0;
  const work = async () => {
    tries += 1;
    if (tries === 1) throw new Error('toomanyrequests');
    return null;
  };
  const id = tasks.start(plan(work));
  await until(tasks, id, ended);
  const later = tasks.retry(id, Date.now() + 3_600_000);
  const waiting = await until(
    tasks,
    later,
    ({ progress }) => progress.kind === 'unknown' && progress.doing !== 'Starting',
  );
  expect(waiting.progress).toMatchObject({ doing: expect.stringMatching(/^Waiting until .*\d\d:\d\d$/) });
  await tasks.cancel(later);
  expect(await until(tasks, later, ended)).toMatchObject({ status: 'cancelled', canRetry: true });
  expect(tries).toBe(1);
  // The next one is free to begin at once, or a moment later.
  const soon = tasks.retry(later, Date.now() + 20);
  expect((await until(tasks, soon, ended)).status).toBe('done');
  expect(tries).toBe(2);
});

test('words that have to be looked for are waited for', async () => {
  const tasks = new Tasks(async (error) => toProblem(error));
  const id = tasks.start(plan(() => Promise.reject(new Error('no space left on device'))));
  expect(await until(tasks, id, ended)).toMatchObject({ status: 'failed', problem: { code: 'disk-full' } });
});
