import { describe, expect, it } from 'vitest';
import { Activity } from '#engine/activity';
import type { EngineEvent } from '#engine/events';

const host = 'unix:///engine.sock';
const event = (action: string, change: Partial<EngineEvent> = {}): EngineEvent => ({
  kind: 'container',
  action,
  detail: '',
  id: 'c1',
  attributes: { name: 'web' },
  at: 1000,
  ...change,
});

const died = (exitCode: string) => event('die', { attributes: { name: 'web', exitCode } });

async function newest(activity: Activity) {
  const owner = new AbortController();
  for await (const batch of activity.watch(owner.signal)) {
    owner.abort();
    return batch;
  }
  return [];
}

async function told(...events: EngineEvent[]) {
  const activity = new Activity();
  for (const one of events) activity.note(one, host);
  return (await newest(activity)).map(({ title, failed }) => (failed ? `! ${title}` : title));
}

describe('the activity list', () => {
  it('tells events in plain words', async () => {
    expect(
      await told(
        event('create'),
        event('start'),
        event('health_status', { detail: 'unhealthy' }),
        event('oom'),
        event('rename', { attributes: { name: 'shop', oldName: '/web' } }),
        event('pull', { kind: 'image', id: 'nginx:1.29', attributes: { name: 'nginx' } }),
        event('create', { kind: 'volume', id: 'data', attributes: {} }),
        event('destroy', { kind: 'network', attributes: { name: 'front' } }),
      ),
    ).toEqual([
      'Created web',
      'Started web',
      '! web is unhealthy',
      '! web ran out of memory',
      'Renamed web to shop',
      'Downloaded nginx:1.29',
      'Created the volume data',
      'Deleted the network front',
    ]);
  });

  it('tells a stop on request from an end of its own and from a failure', async () => {
    expect(await told(event('kill'), died('137'))).toEqual(['Stopped web']);
    expect(await told(died('0'))).toEqual(['web finished']);
    expect(await told(died('137'))).toEqual(['! web ended with exit code 137']);
    expect(await told(event('kill'), died('1'))).toEqual(['! web ended with exit code 1']);
  });

  it('does not take an old signal for the reason of a later end', async () => {
    expect(await told(event('kill'), died('143'), event('start'), died('143'))).toEqual([
      'Stopped web',
      'Started web',
      '! web ended with exit code 143',
    ]);
  });

  it('leaves out what is only noise', async () => {
    expect(
      await told(
        event('kill'),
        event('health_status', { detail: 'running' }),
        event('mount', { kind: 'volume' }),
      ),
    ).toEqual([]);
  });

  it('keeps the newest hundred', async () => {
    const titles = await told(
      ...Array.from({ length: 130 }, (_, index) => event('start', { attributes: { name: `c${index}` } })),
    );
    expect(titles).toHaveLength(100);
    expect(titles.at(-1)).toBe('Started c129');
  });

  it('goes on with each new entry', async () => {
    const activity = new Activity();
    const owner = new AbortController();
    const stream = activity.watch(owner.signal);
    expect((await stream.next()).value).toEqual([]);
    activity.note(event('start'), host);
    activity.noteEngine({ host, action: 'lost', title: 'The engine went away', failed: true });
    expect((await stream.next()).value).toMatchObject([
      { title: 'Started web', kind: 'container', target: 'c1' },
      { title: 'The engine went away', kind: 'engine', failed: true },
    ]);
    owner.abort();
    expect((await stream.next()).done).toBe(true);
  });
});
