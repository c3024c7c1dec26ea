import type { Container, TrayItem } from '#contract';
import { isRunning, isUp } from '#contract/container-state';
import { publishedPorts } from '#contract/published-ports';
import { doorsShown } from './tray-container';
import { order } from './tray-engine';
import { byName, call, inGroups, item, menu } from './tray-items';

interface Project {
  name: string;
  containers: Container[];
}

function doors({ containers }: Project, hostname: string): TrayItem[] {
  const open = (container: Container) =>
    publishedPorts(container, hostname).flatMap(({ url, address }) =>
      url ? [item(`Open ${address} (${container.service ?? container.name})`, { kind: 'browse', url })] : [],
    );
  return containers.filter(isRunning).flatMap(open).slice(0, doorsShown);
}

const idsOf = (containers: readonly Container[]) => ({ ids: containers.map(({ id }) => id) });

function verbs({ name, containers }: Project): TrayItem[] {
  const still = containers.filter(({ state }) => state === 'created' || state === 'exited');
  const up = containers.filter(isUp);
  const start = call(`Start ${name}`, 'containers.start', idsOf(still));
  const ends = [
    order('containers.restart', up, { verb: 'Restart', whole: name }, idsOf(up)),
    order('containers.stop', up, { verb: 'Stop', whole: name }, idsOf(up)),
  ];
  return [...(still.length > 0 ? [start] : []), ...(up.length > 0 ? ends : [])];
}

function projectsOf(containers: readonly Container[]): Project[] {
  const projects = new Map<string, Project>();
  for (const container of containers) {
    if (container.project === null) continue;
    const project = projects.get(container.project) ?? { name: container.project, containers: [] };
    project.containers.push(container);
    projects.set(project.name, project);
  }
  return [...projects.values()].sort(byName);
}

/** The compose projects that there are containers of, running or not; nothing where there are none. */
export function projectsMenu(containers: readonly Container[], hostname: string): TrayItem[] {
  const menus = projectsOf(containers).map((project) =>
    menu(
      `${project.name} (${project.containers.filter(isRunning).length} of ${project.containers.length} running)`,
      inGroups(doors(project, hostname), verbs(project)),
    ),
  );
  return menus.length > 0 ? [menu('Projects', menus)] : [];
}
