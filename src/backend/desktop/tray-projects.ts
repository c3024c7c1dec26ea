import type { Container, TrayItem } from '#contract';
import { publishedPorts } from '#contract/published-ports';
import { isUp, order } from './tray-engine';
import { call, inGroups, item, menu } from './tray-items';

/** More doors than this would hide what can be done. */
const doorsShown = 6;

const byName = ([one]: [string, unknown], [other]: [string, unknown]) => one.localeCompare(other);

function doors(containers: readonly Container[], hostname: string): TrayItem[] {
  return containers
    .filter(({ state }) => state === 'running')
    .flatMap((container) =>
      publishedPorts(container, hostname).flatMap(({ url, address }) =>
        url
          ? [item(`Open ${address} (${container.service ?? container.name})`, { kind: 'browse', url })]
          : [],
      ),
    )
    .slice(0, doorsShown);
}

const idsOf = (containers: readonly Container[]) => ({ ids: containers.map(({ id }) => id) });

function verbs(name: string, containers: readonly Container[]): TrayItem[] {
  const still = containers.filter(({ state }) => state === 'created' || state === 'exited');
  const up = containers.filter(isUp);
  return [
    ...(still.length > 0 ? [call(`Start ${name}`, 'containers.start', idsOf(still))] : []),
    ...(up.length > 0
      ? [
          order('containers.restart', up, { verb: 'Restart', whole: name }, idsOf(up)),
          order('containers.stop', up, { verb: 'Stop', whole: name }, idsOf(up)),
        ]
      : []),
  ];
}

function projectMenu(name: string, containers: readonly Container[], hostname: string): TrayItem {
  const running = containers.filter(({ state }) => state === 'running').length;
  return menu(
    `${name} (${running} of ${containers.length} running)`,
    inGroups(doors(containers, hostname), verbs(name, containers)),
  );
}

/** The compose projects that there are containers of, running or not; nothing where there are none. */
export function projectsMenu(containers: readonly Container[], hostname: string): TrayItem[] {
  const projects = new Map<string, Container[]>();
  for (const container of containers) {
    if (container.project === null) continue;
    projects.set(container.project, [...(projects.get(container.project) ?? []), container]);
  }
  if (projects.size === 0) return [];
  const menus = [...projects].sort(byName).map(([name, own]) => projectMenu(name, own, hostname));
  return [menu('Projects', menus)];
}
