import type { Container, EngineState, Settings, Tray, TrayItem, VmState } from '#contract';
import { isRunning, isUp } from '#contract/container-state';
import { type Trouble, troubleOf } from '#contract/container-trouble';
import { engineHostname } from '#contract/published-ports';
import type { Neighbour } from '#engine/beside';
import { besideMenu } from './tray-beside';
import { containerMenu, troubleMenu } from './tray-container';
import { engineLine, engineOrders, plural, quitItem } from './tray-engine';
import { byName, inGroups, item, menu, show, text } from './tray-items';
import { projectsMenu } from './tray-projects';

/** All that the tray depends on. */
export interface TrayState {
  engine: EngineState;
  containers: readonly Container[];
  /** The engine that is connected beside it. */
  beside: Neighbour | null;
  vm: VmState;
  settings: Pick<Settings, 'engineChoice' | 'globalShortcut' | 'vm'>;
  /** When Gantry started: what failed before is old news. Milliseconds since 1970. */
  since: number;
  /** Containers that "Stop everything" stopped and that are still stopped. */
  stopped: readonly string[];
}

/** Electron's notation of the keys that show the window. */
export const showKeys = 'CommandOrControl+Shift+G';

/** From the design language: more containers than this are in a menu of their own. */
const shown = 4;

/** What is not well now, and what has failed since Gantry started. A failure of last month is no alarm. */
function troubled({ containers, since }: TrayState): { container: Container; trouble: Trouble }[] {
  return [...containers].sort(byName).flatMap((container) => {
    const trouble = container.busy ? null : troubleOf(container);
    const isNews = isUp(container) || (container.finishedAt ?? container.createdAt) >= since;
    return trouble && isNews ? [{ container, trouble }] : [];
  });
}

/** The first ones, the others in a menu. */
function short(items: TrayItem[], more: (count: number) => string): TrayItem[] {
  // A menu for a single one would take as much room as that one.
  if (items.length <= shown + 1) return items;
  const rest = items.slice(shown);
  return [...items.slice(0, shown), menu(more(rest.length), rest)];
}

const openItem = ({ globalShortcut }: TrayState['settings']): TrayItem => ({
  ...item('Open Gantry', { kind: 'show', route: null }),
  ...(globalShortcut ? { keys: showKeys } : {}),
});

/** What stands under the engine's name; nothing while it is on its way. */
function loadLine({ engine, vm, settings }: TrayState, up: readonly Container[]): TrayItem[] {
  if (engine.status === 'connected') {
    const count = up.filter(isRunning).length;
    return [text(count === 0 ? 'No container running' : `${plural(count, 'container')} running`)];
  }
  return settings.engineChoice === 'vm' && vm.status === 'stopped' ? [text('Uses no CPU or memory')] : [];
}

/** The tray's icon and menu. */
export function trayModel(state: TrayState): Tray {
  const { engine, vm, settings } = state;
  const connected = engine.status === 'connected';
  const hostname = engineHostname(engine.endpoint?.host);
  const up = connected ? state.containers.filter(isUp).sort(byName) : [];
  const troubles = connected ? troubled(state) : [];
  const unwell = new Set(troubles.map(({ container }) => container.id));
  const line = engineLine(state);
  const looks = troubles.length === 1 ? '1 needs a look' : `${troubles.length} need a look`;
  const title = troubles.length > 0 ? `${line}, ${looks}` : line;
  const orders = engineOrders(state, up);
  const open = [openItem(settings), ...(connected ? [show('Run a container…', '#/run')] : [])];
  const vmIsIll = settings.engineChoice === 'vm' && vm.problem !== null;
  return {
    look: troubles.length > 0 || vmIsIll ? 'attention' : connected ? 'running' : 'stopped',
    tip: `Gantry: ${title}`,
    items: inGroups(
      [text(title), ...loadLine(state, up)],
      [
        ...(vmIsIll && vm.problem ? [show(vm.problem.title, '#/home')] : []),
        ...short(
          troubles.map(({ container, trouble }) => troubleMenu(container, trouble, hostname)),
          (count) => `${count} more need a look`,
        ),
      ],
      // Where there is no engine, starting it comes first.
      connected ? open : orders,
      connected
        ? short(
            up.filter(({ id }) => !unwell.has(id)).map((container) => containerMenu(container, hostname)),
            (count) => `${count} more`,
          )
        : open,
      connected ? [...projectsMenu(state.containers, hostname), ...orders] : [],
      state.beside ? [besideMenu(state.beside, settings)] : [],
      [show('Settings…', '#/settings'), quitItem(state, up)],
    ),
  };
}
