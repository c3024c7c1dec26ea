import { copyCommand } from '#contract/problem';
import { type Check, ok, openNetworkSettings, usesVm, warning } from '../check';
import { readProxies } from '../proxy';

/** Opens Windows' own window for them. */
const variablesOfWindows = 'rundll32.exe sysdm.cpl,EditEnvironmentVariables';

/** Whether the proxies that this computer and Gantry are told to use make sense. */
export const proxy: Check = {
  id: 'proxy',
  title: 'Proxy',
  async run(context) {
    const { mode, http, https, except } = context.services.settings.now.vm.proxy;
    const manual = usesVm(context) && mode === 'manual';
    const { proxy: used, faults } = readProxies(
      manual ? { HTTP_PROXY: http, HTTPS_PROXY: https, NO_PROXY: `localhost,${except}` } : context.env,
    );
    if (faults.length === 0) return ok(used ?? 'none set');
    const title = 'The proxy settings do not look right';
    const what = faults.map(({ text }) => text).join(' ');
    if (manual) return warning(title, what, openNetworkSettings);
    return warning(
      title,
      context.platform === 'win32'
        ? `${what} The command opens the list of variables; then start Gantry again.`
        : `${what} Put the command where your session sets its variables, such as ~/.profile, sign in again, and start Gantry.`,
      copyCommand(
        context.platform === 'win32' ? variablesOfWindows : faults.map(({ command }) => command).join('; '),
      ),
    );
  },
};
