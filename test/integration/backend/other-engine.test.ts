import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { startEngine } from '../../harness/engine';
import { describeWithEngine, sharedEngine } from '../../harness/shared';
import { serveBackend } from './served-backend';

/** As long as a deletion can be undone, and a little more. */
const undoMs = 9000;

describeWithEngine('what is ordered in one engine', () => {
  it('is never done in another one that is shown a moment later', async (test) => {
    const first = sharedEngine(test);
    await using second = await startEngine();
    const name = `precious-${randomBytes(3).toString('hex')}`;
    for (const { cli } of [first, second]) await cli(['volume', 'create', name]);
    const volumes = (cli: typeof first.cli) => cli(['volume', 'ls', '--quiet', '--filter', `name=${name}`]);
    const served = await serveBackend(first.host);
    try {
      const { client } = served;
      await served.loaded();
      await client.volumes.remove({ names: [name] });
      await client.engine.select({ host: second.host });
      expect(await volumes(first.cli), 'what was deleted there is gone').toBe('');
      for await (const batch of await client.projection.watch()) {
        const shown = batch.engine?.endpoint?.host === second.host && batch.volumes;
        if (Array.isArray(shown) && shown.some((volume) => volume.name === name)) break;
      }
      await new Promise((resolve) => setTimeout(resolve, undoMs));
      expect(await volumes(second.cli)).toBe(name);
    } finally {
      await served.close();
    }
  });
});
