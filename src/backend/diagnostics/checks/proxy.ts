import { type Check, ok, usesVm, warning } from '../check';
import { readProxies } from '../proxy';

/** Whether the proxies that this computer and Gantry are told to use make sense. */
export const proxy: Check = {
  id: 'proxy',
  title: 'Proxy',
  async run(context) {
    const { mode, http, https, except } = context.services.settings.now.vm.proxy;
    const manual = usesVm(context) && mode === 'manual';
    const read = readProxies(
      manual ? { HTTP_PROXY: http, HTTPS_PROXY: https, NO_PROXY: `localhost,${except}` } : context.env,
    );
    if (read.faults.length === 0) return ok(read.proxy ?? 'none set');
    return warning(
      'The proxy settings do not look right',
      read.faults.join(' '),
      manual ? { kind: 'open', label: 'Open network settings', page: 'settings', target: 'network' } : null,
    );
  },
};
