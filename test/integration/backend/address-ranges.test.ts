import { expect, it } from 'vitest';
import { z } from 'zod';
import { startEngine } from '../../harness/engine';
import { expectLiveButtons } from '../../harness/live-buttons';
import { describeWithEngine } from '../../harness/shared';
import { problemOf, serveBackend } from './served-backend';

const removal = z.object({
  procedure: z.literal('networks.remove'),
  input: z.object({ ids: z.array(z.string()) }),
});

describeWithEngine('an engine without another address range', () => {
  it('says which networks nothing is connected to; deleting them makes room at once', async () => {
    // Of its own: it has ranges for 16 networks, one of which is its default one.
    const engine = await startEngine();
    const served = await serveBackend(engine.host);
    try {
      const { client } = served;
      const names = Array.from({ length: 15 }, (_, index) => `range-${index}`);
      for (const name of names) await engine.cli(['network', 'create', name]);
      const create = () => client.networks.create({ name: 'range-more' });
      await expect
        .poll(() => problemOf(create()).then(({ actions }) => actions.length), { timeout: 10_000 })
        .toBe(2);
      const problem = await problemOf(create());
      expect(problem).toMatchObject({ code: 'address-pool-empty' });
      expectLiveButtons(problem);
      const { input } = removal.parse(problem.actions[0]);
      expect(input.ids).toHaveLength(15);
      await client.networks.remove(input);
      // Not 8 seconds later.
      expect(await create()).toMatchObject({ id: expect.any(String) });
    } finally {
      await served.close();
      await engine.stop();
    }
  });
});
