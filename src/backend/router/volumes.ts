import { assertVolumesUnused, createVolume, inspectVolume, removeVolumes } from '#engine/volumes';
import type { Procedures } from '../boundary';
import type { Services } from '../services';

export function volumesRouter({ volumes: at }: Procedures, { engine, removals }: Services) {
  const docker = () => engine.docker();
  return at.router({
    create: at.create.handler(({ input }) => createVolume(docker(), input)),
    remove: at.remove.handler(({ input }) => {
      assertVolumesUnused(input.names, engine.projection.snapshot());
      return {
        taskId: removals.start({
          kind: 'volumes',
          keys: input.names,
          names: input.names,
          removeNow: () => removeVolumes(docker(), input.names),
        }),
      };
    }),
    inspect: at.inspect.handler(({ input }) => inspectVolume(docker(), input.name)),
  });
}
