import type { Procedures } from '../boundary';
import type { Services } from '../services';

export function desktopRouter({ desktop: at }: Procedures, { desktop }: Services) {
  return at.router({
    watch: at.watch.handler(({ signal }) => desktop.watch(signal)),
    notices: at.notices.handler(({ signal }) => desktop.notices(signal)),
    everything: at.everything.handler(({ input }) => desktop.everything(input.verb)),
    startStopped: at.startStopped.handler(() => desktop.startStopped()),
  });
}
