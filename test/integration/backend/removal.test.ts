import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Client, ProjectionBatch } from '#contract';
import { sharedEngine } from '../../harness/shared';
import { problemOf, serveBackend } from './served-backend';

/** Reads the projection until it is as wanted. */
async function until(client: Client, wanted: (names: string[]) => boolean): Promise<void> {
  const names = new Map<string, string>();
  const note = ({ containers }: ProjectionBatch) => {
    if (Array.isArray(containers)) names.clear();
    for (const { id, name } of Array.isArray(containers) ? containers : (containers?.set ?? [])) {
      names.set(id, name);
    }
    for (const id of Array.isArray(containers) ? [] : (containers?.gone ?? [])) names.delete(id);
  };
  for await (const batch of await client.projection.watch()) {
    note(batch);
    if (wanted([...names.values()])) return;
  }
}

test('a deletion hides and stops at once, is undone by cancelling, and carried out when Gantry ends', async (context) => {
  const engine = sharedEngine(context);
  const name = `removal-${randomBytes(3).toString('hex')}`;
  const id = await engine.cli(['run', '--detach', '--name', name, 'gantry-test/chatty']);
  const running = () => engine.cli(['inspect', '--format', '{{.State.Running}}', name]);
  const served = await serveBackend(engine.host);
  try {
    const { client } = served;
    await until(client, (names) => names.includes(name));

    const undone = await client.containers.remove({ ids: [id] });
    await until(client, (names) => !names.includes(name));
    await client.tasks.cancel(undone);
    await until(client, (names) => names.includes(name));
    expect(await running()).toBe('true');

    await client.containers.remove({ ids: [id] });
    await until(client, (names) => !names.includes(name));
  } finally {
    await served.close();
  }
  expect(await engine.cli(['ps', '--all', '--quiet', '--filter', `name=${name}`])).toBe('');
});

test('a problem comes with its code, the engine’s words and the command that fails in the same way', async (context) => {
  const engine = sharedEngine(context);
  const name = `taken-${randomBytes(3).toString('hex')}`;
  const [first, second] = await Promise.all(
    ['a', 'b'].map((end) => engine.cli(['create', '--name', `${name}-${end}`, 'gantry-test/hello'])),
  );
  const served = await serveBackend(engine.host);
  try {
    await until(served.client, (names) => names.includes(`${name}-b`));
    const found = await problemOf(served.client.containers.rename({ id: second ?? '', name: `${name}-a` }));
    expect(found).toMatchObject({
      code: 'name-taken',
      command: ['docker', 'rename', `${name}-b`, `${name}-a`],
    });
    expect(found.detail).toContain('already in use');
  } finally {
    await served.close();
    await engine.cli(['rm', '--force', first ?? '', second ?? '']);
  }
});
