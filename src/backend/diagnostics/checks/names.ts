import { Resolver } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { dockerHub } from '../../docker-hub';
import { type Check, codeOf, ok, openNetworkSettings, skipped, tryAgain, usesVm, warning } from '../check';
import { proxyOf } from '../proxy';

const name = dockerHub.url.hostname;

const connected = () =>
  Object.values(networkInterfaces()).some((list) => list?.some(({ internal }) => !internal));

/** Whether names of the Internet lead to addresses. Local work goes on without. */
export const names: Check = {
  id: 'names',
  title: 'Names resolve',
  limitMs: 8_000,
  async run(context, signal) {
    if (!connected()) {
      return warning('This computer is in no network', 'What is here already works without.', tryAgain);
    }
    const resolver = new Resolver({ timeout: 3000, tries: 1 });
    const stop = () => resolver.cancel();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const began = performance.now();
      await resolver.resolve4(name);
      return ok(`${Math.round(performance.now() - began)} ms`);
    } catch (error) {
      signal.throwIfAborted();
      if (proxyOf(context.env))
        return skipped('Left to the proxy', 'Names are looked up by the proxy that is set.');
      const vm = usesVm(context);
      return warning(
        'Names on the network are not found',
        `The name server did not tell the address of ${name} (${codeOf(error)}). Images cannot be pulled now; what is here already works. Check the network${vm ? ', a VPN, and the name servers in Settings' : ' and a VPN'}.`,
        vm ? openNetworkSettings : tryAgain,
      );
    } finally {
      signal.removeEventListener('abort', stop);
    }
  },
};
