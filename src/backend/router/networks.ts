import { ProblemError } from '#contract/problem';
import {
  assertNetworksUnused,
  connectContainer,
  createNetwork,
  disconnectContainers,
  inspectNetwork,
  removeNetworks,
  unusedNetworks,
} from '#engine/networks';
import type { Procedures } from '../boundary';
import type { Services } from '../services';

export function networksRouter({ networks: at }: Procedures, { engine, removals }: Services) {
  const docker = () => engine.docker();
  const nameOf = (id: string) => engine.projection.snapshot().networks.get(id)?.name ?? id.slice(0, 12);
  return at.router({
    create: at.create.handler(async ({ input }) => {
      const create = () => createNetwork(docker(), input, unusedNetworks(engine.projection.snapshot()));
      try {
        return await create();
      } catch (error) {
        const isFull = error instanceof ProblemError && error.problem.code === 'address-pool-empty';
        // A network whose deletion can still be undone has its range until then.
        if (!isFull || (await removals.settle('networks')) === 0) throw error;
        return create();
      }
    }),
    remove: at.remove.handler(({ input }) => {
      assertNetworksUnused(input.ids, engine.projection.snapshot());
      return {
        taskId: removals.start({
          kind: 'networks',
          keys: input.ids,
          names: input.ids.map(nameOf),
          removeNow: () => removeNetworks(docker(), input.ids),
        }),
      };
    }),
    // The engine tells of no change to the networks of a container that does not run.
    connect: at.connect.handler(async ({ input }) => {
      await connectContainer(docker(), input.id, input.containerId);
      await engine.refreshContainer(input.containerId);
    }),
    disconnect: at.disconnect.handler(async ({ input }) => {
      const outcome = await disconnectContainers(docker(), input.id, input.containerIds);
      await Promise.all(input.containerIds.map((id) => engine.refreshContainer(id)));
      return outcome;
    }),
    inspect: at.inspect.handler(({ input }) => inspectNetwork(docker(), input.id)),
  });
}
