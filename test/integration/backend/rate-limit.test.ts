import { expect, test } from 'vitest';
import type { Client, Task } from '#contract';
import { sharedEngine } from '../../harness/shared';
import { json, standIn } from '../../unit/registry/stand-in';
import { serveBackend } from './served-backend';

async function until(client: Client, taskId: string, wanted: (task: Task) => boolean): Promise<Task> {
  const signal = AbortSignal.timeout(20_000);
  for await (const { set } of await client.tasks.watch(undefined, { signal })) {
    const task = set.find(({ id }) => id === taskId);
    if (task && wanted(task)) return task;
  }
  throw new Error('It never came to that');
}
const ended = (task: Task) => task.status !== 'running';

test('a pull that a registry refuses for now is tried again at the time that it names', async (context) => {
  const { host } = sharedEngine(context);
  // In place of a registry: a real one has no limit.
  await using registry = await standIn(({ path }, response) => {
    if (path === '/v2/') return json(response, {});
    const errors = [{ code: 'TOOMANYREQUESTS', message: 'You have reached your pull rate limit.' }];
    json(response, { errors }, 429, { 'retry-after': '600' });
  });
  const served = await serveBackend(host);
  try {
    const { client } = served;
    const before = Date.now();
    const pull = () => client.images.pull({ reference: `${registry.host}/shop:1` });
    const { taskId } = await pull().catch(async () => {
      // The backend has just begun to connect.
      await expect.poll(() => client.engine.diskUsage().then(() => true), { timeout: 10_000 }).toBe(true);
      return pull();
    });
    const { problem } = await until(client, taskId, ended);
    expect(problem).toMatchObject({ code: 'rate-limited' });
    const retry = problem?.actions.find((action) => action.kind === 'retry');
    expect(retry?.at).toBeGreaterThanOrEqual(before + 600_000);
    expect(retry?.at).toBeLessThan(Date.now() + 601_000);
    expect(retry?.label).toMatch(/^Try again at .*\d\d:\d\d$/);
    expect(problem?.explanation).toContain(retry?.label.replace('Try again at ', ''));
    expect(problem?.actions.map(({ label }) => label)).toContain('Add a sign-in');

    const asked = () => registry.asked.filter(({ method }) => method === 'GET').length;
    const first = asked();
    const again = await client.tasks.retry({ taskId, at: retry?.at });
    const waiting = await until(client, again.taskId, ({ progress }) => /^Waiting/.test(progress.doing));
    expect(waiting).toMatchObject({ status: 'running', canCancel: true });
    expect(asked(), 'nobody is asked while it waits').toBe(first);
    await client.tasks.cancel({ taskId: again.taskId });
    const soon = await client.tasks.retry({ taskId: again.taskId, at: Date.now() + 50 });
    expect(await until(client, soon.taskId, ended)).toMatchObject({ problem: { code: 'rate-limited' } });
    expect(asked()).toBeGreaterThan(first);
  } finally {
    await served.close();
  }
});
