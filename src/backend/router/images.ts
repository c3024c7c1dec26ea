import {
  assertImagesUnused,
  imageDetails,
  inspectImage,
  removeImages,
  tagImage,
  untagImage,
} from '#engine/images';
import type { Procedures } from '../boundary';
import { pull } from '../pulling';
import type { Services } from '../services';
import { guestImage } from '../vm-files';
import { giveWelcome, hasWelcome } from '../welcome';

export function imagesRouter({ images: at }: Procedures, services: Services) {
  const { engine, registries, removals, tasks } = services;
  const docker = () => engine.docker();
  const nameOf = (id: string) => engine.projection.snapshot().images.get(id)?.tags[0] ?? id.slice(7, 19);
  return at.router({
    details: at.details.handler(({ input }) => imageDetails(docker(), input.id)),
    inspect: at.inspect.handler(({ input }) => inspectImage(docker(), input.id)),
    pull: at.pull.handler(({ input }) => {
      const around = { here: engine.here(), registries };
      return {
        taskId: tasks.start({
          kind: 'pull',
          title: `Pull ${input.reference}`,
          subject: [input.reference],
          canRetry: true,
          work: ({ signal, report }) => pull(around, input, { signal, onProgress: report }),
        }),
      };
    }),
    hasWelcome: at.hasWelcome.handler(() => hasWelcome(engine, guestImage())),
    giveWelcome: at.giveWelcome.handler(() => giveWelcome(engine, guestImage())),
    tag: at.tag.handler(({ input }) => tagImage(docker(), input.id, input.reference)),
    untag: at.untag.handler(({ input }) => untagImage(docker(), input.reference)),
    remove: at.remove.handler(({ input }) => {
      assertImagesUnused(input.ids, engine.projection.snapshot());
      return {
        taskId: removals.start({
          kind: 'images',
          keys: input.ids,
          names: input.ids.map(nameOf),
          removeNow: () => removeImages(docker(), input.ids),
        }),
      };
    }),
  });
}
