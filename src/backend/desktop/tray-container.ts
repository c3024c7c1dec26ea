import type { Container, TrayItem } from '#contract';
import { busyWords } from '#contract/busy-words';
import type { Trouble } from '#contract/container-trouble';
import { publishedPorts } from '#contract/published-ports';
import { call, inGroups, item, menu, routeOf, show, text } from './tray-items';

const troubles: Record<Trouble, (container: Container) => string> = {
  restarting: ({ name }) => `${name} keeps stopping`,
  unhealthy: ({ name }) => `${name} fails its health check`,
  'out-of-memory': ({ name }) => `${name} ran out of memory`,
  'could-not-start': ({ name }) => `${name} could not start`,
  dead: ({ name }) => `${name} could not be deleted`,
  failed: ({ name, exitCode }) => `${name} ended with exit code ${exitCode}`,
};

/** More doors than this would hide what can be done. */
export const doorsShown = 6;

export function doors(container: Container, hostname: string): TrayItem[] {
  if (container.state !== 'running') return [];
  const ports = publishedPorts(container, hostname).slice(0, doorsShown);
  return [
    ...ports.flatMap(({ url, address }) => (url ? [item(`Open ${address}`, { kind: 'browse', url })] : [])),
    ...ports.map(({ address }) =>
      item(ports.length === 1 ? 'Copy address' : `Copy ${address}`, { kind: 'copy', text: address }),
    ),
  ];
}

function views({ id, state }: Container): TrayItem[] {
  const logs = show('Logs', routeOf(id, 'logs'));
  return state === 'running' ? [logs, show('Terminal', routeOf(id, 'terminal'))] : [logs];
}

function verbs({ id, state, busy }: Container): TrayItem[] {
  if (busy) return [text(busyWords[busy])];
  const verb = (label: string, name: string) => call(label, `containers.${name}`, { ids: [id] });
  switch (state) {
    case 'running':
      return [verb('Restart', 'restart'), verb('Pause', 'pause'), verb('Stop', 'stop')];
    case 'paused':
      return [verb('Resume', 'unpause'), verb('Stop', 'stop')];
    case 'restarting':
      return [verb('Restart', 'restart'), verb('Stop', 'stop')];
    case 'created':
    case 'exited':
      return [verb('Start', 'start')];
    case 'removing':
    case 'dead':
      return [];
  }
}

function label(container: Container, hostname: string): string {
  if (container.state === 'paused') return `${container.name} (paused)`;
  const [port] = container.state === 'running' ? publishedPorts(container, hostname) : [];
  return port ? `${container.name} (port ${port.port})` : container.name;
}

/** A container that is up, with all that the tray does with it. */
export const containerMenu = (container: Container, hostname: string): TrayItem =>
  menu(label(container, hostname), inGroups(doors(container, hostname), views(container), verbs(container)));

/** A container that is not well. */
export const troubleMenu = (container: Container, trouble: Trouble, hostname: string): TrayItem =>
  menu(
    troubles[trouble](container),
    inGroups(
      [show('See what happened', routeOf(container.id))],
      doors(container, hostname),
      views(container),
      verbs(container),
    ),
  );
