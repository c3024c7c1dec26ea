import { forever, type Procedures } from '../boundary';
import type { Services } from '../services';

export function discoverRouter({ discover: at }: Procedures, { registries }: Services) {
  return at.router({
    sources: at.sources.handler(() => registries.sources()),
    catalogue: at.catalogue.handler(() => registries.catalogue()),
    search: at.search.handler(({ input, signal = forever }) => registries.search(input, signal)),
    tags: at.tags.handler(({ input, signal = forever }) => registries.tags(input, signal)),
    tag: at.tag.handler(({ input, signal = forever }) => registries.tag(input, signal)),
    remoteImage: at.remoteImage.handler(({ input, signal = forever }) =>
      registries.remoteImage(input, signal),
    ),
    pullsLeft: at.pullsLeft.handler(({ input, signal = forever }) =>
      registries.pullsLeft(input.source, signal),
    ),
    about: at.about.handler(({ input, signal = forever }) => registries.about(input, signal)),
    registries: at.registries.handler(() => registries.registries()),
    addRegistry: at.addRegistry.handler(({ input, signal = forever }) =>
      registries.addRegistry(input, signal),
    ),
    removeRegistry: at.removeRegistry.handler(({ input }) => registries.removeRegistry(input.host)),
    signIn: at.signIn.handler(({ input, signal = forever }) => registries.signIn(input, signal)),
    signOut: at.signOut.handler(({ input }) => registries.signOut(input.host)),
  });
}
