import { ClipboardCopy, FileJson, Fingerprint, Plug, Trash2 } from 'lucide-react';
import type { Network } from '#contract';
import type { MenuEntry } from '#ui/menus';
import { showProblem } from '../data/problems';
import { inspect, inspectPreview, removePreview } from './actions';
import { fixedReason, KEPT_REASON } from './members';

export interface NetworkDialogs {
  connect: (network: Network) => void;
  remove: (networks: readonly Network[]) => void;
}

const copy = (text: string) => void navigator.clipboard.writeText(text).catch(showProblem);

/** Everything that can be done with one network. */
export function networkMenu(network: Network, dialogs: NetworkDialogs): MenuEntry[] {
  const { id, name, predefined } = network;
  return [
    {
      id: 'connect',
      label: 'Connect a container…',
      icon: <Plug size={15} />,
      disabledReason: fixedReason(network),
      onAction: () => dialogs.connect(network),
    },
    'separator',
    { id: 'copy-name', label: 'Copy name', icon: <ClipboardCopy size={15} />, onAction: () => copy(name) },
    { id: 'copy-id', label: 'Copy ID', icon: <Fingerprint size={15} />, onAction: () => copy(id) },
    {
      id: 'inspect',
      label: 'Inspect',
      icon: <FileJson size={15} />,
      preview: inspectPreview(network),
      onAction: () => inspect(network),
    },
    'separator',
    {
      id: 'delete',
      label: 'Delete…',
      icon: <Trash2 size={15} />,
      shortcut: 'Del',
      danger: true,
      disabledReason: predefined ? KEPT_REASON : undefined,
      preview: removePreview([network]),
      onAction: () => dialogs.remove([network]),
    },
  ];
}
