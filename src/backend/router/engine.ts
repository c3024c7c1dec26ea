import { forever, type Procedures } from '../boundary';
import { showEngine } from '../engine-choice';
import type { Services } from '../services';

export function engineRouter({ engine: at }: Procedures, services: Services) {
  const { engine, settings, vm, log } = services;
  return at.router({
    endpoints: at.endpoints.handler(() => engine.endpoints()),
    select: at.select.handler(async ({ input }) => {
      if (input.host === vm.host) {
        await settings.change({ engineChoice: 'vm' });
        // Its state tells how far it is, and what went wrong.
        vm.start().catch((error: unknown) => log.warn({ err: error }, 'The VM did not start'));
      } else await settings.change({ engineChoice: 'found', engineHost: input.host });
      await showEngine(services, input.host);
    }),
    beside: at.beside.handler(({ signal }) => engine.beside.watch(signal ?? forever)),
    reconnect: at.reconnect.handler(() => engine.reconnect()),
    diskUsage: at.diskUsage.handler(() => engine.diskUsage()),
    configuration: at.configuration.handler(({ signal }) => engine.configuration(signal ?? forever)),
  });
}
