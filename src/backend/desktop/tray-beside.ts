import type { Settings, TrayItem } from '#contract';
import { isRunning } from '#contract/container-state';
import type { Neighbour } from '#engine/beside';
import { doors } from './tray-container';
import { byName, call, inGroups, menu, text } from './tray-items';

/** The engine beside the shown one is on this computer. */
const hostname = 'localhost';

/** The engine beside the shown one: what runs in it, the doors to that, and the way to show it instead. */
export function besideMenu(
  { name, containers }: Neighbour,
  { engineChoice }: Pick<Settings, 'engineChoice'>,
) {
  const running = [...containers.values()].filter(isRunning).sort(byName);
  const other = engineChoice === 'vm' ? 'found' : 'vm';
  return menu(
    `${name}: ${running.length} running`,
    inGroups(
      running.map((container): TrayItem => {
        const ways = doors(container, hostname);
        return ways.length > 0 ? menu(container.name, ways) : text(container.name);
      }),
      [call(`Show ${name} here`, 'app.changeSettings', { engineChoice: other })],
    ),
  );
}
