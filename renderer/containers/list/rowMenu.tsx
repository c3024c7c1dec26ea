import {
  ClipboardCopy,
  Copy,
  ExternalLink,
  FileJson,
  Fingerprint,
  OctagonX,
  Pencil,
  RotateCw,
  ScrollText,
  SquareTerminal,
  Trash2,
} from 'lucide-react';
import type { Container } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { isRunning } from '#contract/container-state';
import { engineHostname, publishedPorts } from '#contract/published-ports';
import { PauseIcon, PlayIcon, StopIcon } from '#ui/icons';
import { showProblem } from '../../data/problems';
import { useProjection } from '../../data/projection';
import { navigate } from '../../shell/router';
import type { MenuEntry } from '../../ui/menus';
import { act, deletePreview, previewOf, toggleVerb, type Verb, verbs } from '../actions';

export interface RowDialogs {
  rename: (container: Container) => void;
  remove: (containers: readonly Container[]) => void;
}

const icons: Record<Verb, React.ReactNode> = {
  start: <PlayIcon size={13} />,
  stop: <StopIcon />,
  restart: <RotateCw size={15} />,
  pause: <PauseIcon />,
  unpause: <PlayIcon size={13} />,
  kill: <OctagonX size={15} />,
};
const shortcuts: Partial<Record<Verb, string>> = { restart: 'R' };

const copy = (text: string) => void navigator.clipboard.writeText(text).catch(showProblem);
const open = (id: string, tab: string) => navigate({ page: 'containers', id, tab });

function portEntries(container: Container): MenuEntry[] {
  if (!isRunning(container)) return [];
  const engine = engineHostname(useProjection.getState().engine.endpoint?.host);
  return publishedPorts(container, engine)
    .filter((port) => port.protocol === 'tcp')
    .slice(0, 3)
    .flatMap(({ address, url }, index): MenuEntry[] => [
      ...(url
        ? [
            {
              id: `open-${address}`,
              label: `Open ${address}`,
              icon: <ExternalLink size={15} />,
              onAction: () => void window.open(url, '_blank', 'noreferrer'),
            },
          ]
        : []),
      ...(index === 0
        ? [
            {
              id: 'copy-address',
              label: 'Copy address',
              icon: <Copy size={15} />,
              onAction: () => copy(url ?? address),
            },
          ]
        : []),
    ]);
}

function verbEntries(container: Container): MenuEntry[] {
  const toggle = toggleVerb(container);
  const shown: Verb[] = ['restart', 'pause', 'unpause', 'stop', 'start', 'kill'];
  return shown
    .filter((verb) => verbs[verb].fits(container))
    .map((verb) => ({
      id: verb,
      label: verbs[verb].label,
      icon: icons[verb],
      shortcut:
        shortcuts[verb] ?? (verb === 'pause' || verb === 'unpause' ? 'P' : verb === toggle ? 'S' : undefined),
      disabledReason: container.busy ? 'It is busy with what was asked before' : undefined,
      preview: previewOf(verb, [container]),
      onAction: () => void act(verb, [container]),
    }));
}

/** Everything that can be done with one container. */
export function rowMenu(container: Container, dialogs: RowDialogs): MenuEntry[] {
  const { id, name } = container;
  const preview = (label: string, parts: Parameters<typeof commandArguments>[0]) => ({
    label,
    argv: commandArguments(parts),
  });
  return [
    ...portEntries(container),
    'separator',
    {
      id: 'logs',
      label: 'Logs',
      icon: <ScrollText size={15} />,
      shortcut: 'L',
      preview: preview('Logs', commands.containers.logs(name, { follow: true })),
      onAction: () => open(id, 'logs'),
    },
    {
      id: 'terminal',
      label: 'Terminal',
      icon: <SquareTerminal size={15} />,
      shortcut: 'T',
      disabledReason: isRunning(container) ? undefined : 'It has to run for that',
      preview: preview('Terminal', commands.containers.terminal(name, '/bin/sh')),
      onAction: () => open(id, 'terminal'),
    },
    {
      id: 'inspect',
      label: 'Inspect',
      icon: <FileJson size={15} />,
      preview: preview('Inspect', commands.containers.inspect(name)),
      onAction: () => open(id, 'inspect'),
    },
    'separator',
    ...verbEntries(container),
    'separator',
    { id: 'copy-name', label: 'Copy name', icon: <ClipboardCopy size={15} />, onAction: () => copy(name) },
    { id: 'copy-id', label: 'Copy ID', icon: <Fingerprint size={15} />, onAction: () => copy(id) },
    {
      id: 'rename',
      label: 'Rename…',
      icon: <Pencil size={15} />,
      shortcut: 'F2',
      onAction: () => dialogs.rename(container),
    },
    'separator',
    {
      id: 'delete',
      label: 'Delete…',
      icon: <Trash2 size={15} />,
      shortcut: 'Del',
      danger: true,
      preview: deletePreview([container]),
      onAction: () => dialogs.remove([container]),
    },
  ];
}
