import { forever, type Procedures } from '../boundary';
import type { Services } from '../services';

/** A caller that cannot say when it leaves; the stream ends with its transport. */

export function projectionRouter({ projection: at }: Procedures, { engine }: Services) {
  return at.router({
    watch: at.watch.handler(({ signal }) => engine.projection.watch(signal ?? forever)),
  });
}
