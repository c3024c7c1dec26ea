import { ChevronRight, Fingerprint, Layers, Network, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { Container } from '#contract';
import { commands } from '#contract/commands';
import { Badge } from '#ui/Badge';
import { Button } from '#ui/Button';
import { CopyButton } from '#ui/CopyButton';
import { PlayIcon, StopIcon } from '#ui/icons';
import { IconMenuButton } from '#ui/MenuButton';
import { StateGlyph } from '#ui/StateGlyph';
import { navigate } from '../../shell/router';
import { formatRoute } from '../../shell/routes';
import { shortId } from '../../ui/format';
import type { MenuEntry } from '../../ui/menus';
import { cutTip } from '../../ui/tip';
import { addressesOf, stateWords } from './describe';
import { act, deleteContainer, preview, type Verb, verbLabel, verbPreview } from './lifecycle';
import { PortLink } from './PortLink';
import { RenameDialog } from './RenameDialog';
import { useNow } from './useNow';

/** Addresses that have room beside the name; the Overview has all of them. */
const addressesShown = 2;

export function DetailsHeader({ container }: { container: Container }) {
  const [renaming, setRenaming] = useState(false);
  const now = useNow(30_000);
  const words = stateWords(container, now);
  const { id, name, image, imageId, networks, project } = container;
  const addresses = container.state === 'running' ? addressesOf(container) : [];
  const network = networks.map((each) => [each.name, each.ip].filter(Boolean).join(', ')).join('; ');
  return (
    <header className="px-6 pt-3.5 pb-2">
      <nav aria-label="Where it is" className="flex items-center gap-1.5 text-12 text-fg3">
        <a href={formatRoute({ page: 'containers' })} className="text-inherit">
          Containers
        </a>
        <ChevronRight size={12} aria-hidden="true" />
        <span className="truncate">{project ?? 'Not part of a project'}</span>
      </nav>
      <div className="flex items-center gap-3 mt-1 min-w-0">
        <h1 className="h1 flex items-center gap-2.5 min-w-0">
          <StateGlyph state={words.glyph} size={16} />
          <bdi className="truncate" {...cutTip(name)}>
            {name}
          </bdi>
        </h1>
        <Badge tone={words.tone}>{words.word}</Badge>
        <span className="text-fg3 whitespace-nowrap num">{words.more}</span>
        {addresses.slice(0, addressesShown).map((address) => (
          <PortLink key={address} address={address} />
        ))}
        <span className="ml-auto flex gap-2 shrink-0">
          <LifecycleButtons container={container} onRename={() => setRenaming(true)} />
        </span>
      </div>
      <div className="flex gap-4 mt-1 text-12 text-fg3 min-w-0">
        <span className="flex gap-1.5 items-center min-w-0">
          <Layers size={13} aria-hidden="true" className="shrink-0" />
          <a className="truncate" href={formatRoute({ page: 'images', id: imageId })}>
            <bdi>{image}</bdi>
          </a>
        </span>
        <span className="flex gap-1.5 items-center">
          <Fingerprint size={13} aria-hidden="true" />
          <span className="mono select-text">{shortId(id)}</span>
          <CopyButton label="Copy ID" text={id} />
        </span>
        {network && (
          <span className="flex gap-1.5 items-center min-w-0">
            <Network size={13} aria-hidden="true" className="shrink-0" />
            <bdi className="truncate select-text" {...cutTip(network)}>
              {network}
            </bdi>
          </span>
        )}
      </div>
      {renaming && <RenameDialog id={id} name={name} onClose={() => setRenaming(false)} />}
    </header>
  );
}

const runs = ({ state }: Container) => state === 'running' || state === 'restarting';

function LifecycleButtons({ container, onRename }: { container: Container; onRename: () => void }) {
  const { name, busy, state } = container;
  const waits = busy ? 'It is busy with what was asked before' : undefined;
  const icons: Partial<Record<Verb, React.ReactNode>> = {
    start: <PlayIcon size={13} />,
    stop: <StopIcon />,
    restart: <RotateCw size={15} />,
    unpause: <PlayIcon size={13} />,
  };
  const button = (verb: Verb) => (
    <Button
      key={verb}
      icon={icons[verb]}
      aria-label={`${verbLabel(verb)} ${name}`}
      disabledReason={waits}
      preview={verbPreview(verb, name)}
      onPress={() => act(verb, container)}
    >
      {verbLabel(verb)}
    </Button>
  );
  const verbs: Verb[] =
    state === 'paused' ? ['unpause', 'stop'] : runs(container) ? ['restart', 'stop'] : ['start'];
  return (
    <>
      {verbs.map(button)}
      <IconMenuButton size="md" aria-label="More actions" items={() => moreActions(container, onRename)} />
    </>
  );
}

function moreActions(container: Container, onRename: () => void): MenuEntry[] {
  const { name, state } = container;
  const verb = (which: Verb, disabledReason?: string): MenuEntry => ({
    id: which,
    label: verbLabel(which),
    disabledReason,
    preview: verbPreview(which, name),
    onAction: () => act(which, container),
  });
  const notRunning = runs(container) ? undefined : 'It does not run';
  return [
    state === 'paused' ? verb('unpause') : verb('pause', notRunning),
    verb('kill', state === 'paused' ? undefined : notRunning),
    'separator',
    { id: 'rename', label: 'Rename…', shortcut: 'F2', onAction: onRename },
    {
      id: 'image',
      label: 'Show its image',
      onAction: () => navigate({ page: 'images', id: container.imageId }),
    },
    'separator',
    {
      id: 'delete',
      label: 'Delete',
      danger: true,
      preview: preview('Delete', commands.containers.remove([name])),
      onAction: () => {
        navigate({ page: 'containers' });
        void deleteContainer(container);
      },
    },
  ];
}
