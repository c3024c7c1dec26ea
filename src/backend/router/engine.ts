import type { Procedures } from '../boundary';
import type { Services } from '../services';

export function engineRouter({ engine: at }: Procedures, { engine, settings }: Services) {
  return at.router({
    endpoints: at.endpoints.handler(() => engine.endpoints()),
    select: at.select.handler(async ({ input }) => {
      await settings.change({ engineHost: input.host });
      engine.select(input.host);
    }),
    reconnect: at.reconnect.handler(() => engine.reconnect()),
    diskUsage: at.diskUsage.handler(() => engine.diskUsage()),
  });
}
