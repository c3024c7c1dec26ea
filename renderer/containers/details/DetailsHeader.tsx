import { ChevronRight, Ellipsis, Fingerprint, Layers, Network, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { Container } from '#contract';
import { isRunning } from '#contract/container-state';
import { engineHostname, publishedPorts } from '#contract/published-ports';
import { Badge } from '#ui/Badge';
import { Button } from '#ui/Button';
import { CopyButton } from '#ui/CopyButton';
import { PlayIcon, StopIcon } from '#ui/icons';
import { StateGlyph } from '#ui/StateGlyph';
import { useEngine } from '../../data/projection';
import { navigate } from '../../shell/router';
import { formatRoute } from '../../shell/routes';
import { useShortcut } from '../../shell/shortcuts';
import { formatAgo, formatDuration, shortId } from '../../ui/format';
import { openMenu } from '../../ui/menus';
import { cutTip } from '../../ui/tip';
import { act, previewOf, type Verb, verbs } from '../actions';
import { DeleteDialog } from '../DeleteDialog';
import { rowMenu } from '../list/rowMenu';
import { lookOf } from '../state';
import { PortLink } from './PortLink';
import { RenameDialog } from './RenameDialog';
import { useNow } from './useNow';

/** Doors that have room beside the name; the Overview has all of them. */
const doorsShown = 2;

const tones = { plain: 'plain', warn: 'warn', danger: 'danger' } as const;

function StateLine({ container }: { container: Container }) {
  const now = useNow(30_000);
  const { word, notes, tone, glyph, time } = lookOf(container);
  const since = time && (time.ago ? formatAgo(time.at, now) : `for ${formatDuration(now - time.at)}`);
  return (
    <>
      <Badge tone={glyph === 'running' ? 'ok' : tones[tone]}>{[word, ...notes].join(', ')}</Badge>
      {since && <span className="text-fg3 whitespace-nowrap num">{since}</span>}
    </>
  );
}

export function DetailsHeader({ container }: { container: Container }) {
  const [dialog, setDialog] = useState<'rename' | 'delete' | null>(null);
  const engine = engineHostname(useEngine().endpoint?.host);
  const { id, name, image, imageId, networks, project } = container;
  const doors = isRunning(container) ? publishedPorts(container, engine) : [];
  useShortcut({ keys: 'F2', label: 'Rename' }, () => setDialog('rename'));
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
      <div className="flex max-[799px]:flex-wrap items-center gap-3 max-[799px]:gap-y-1.5 mt-1 min-w-0">
        <h1 className="h1 flex items-center gap-2.5 min-w-0 max-[799px]:basis-full">
          <StateGlyph state={lookOf(container).glyph} size={16} />
          <bdi className="truncate" {...cutTip(name)}>
            {name}
          </bdi>
        </h1>
        <StateLine container={container} />
        {doors.slice(0, doorsShown).map((port) => (
          <PortLink key={`${port.address} ${port.protocol}`} port={port} />
        ))}
        <span className="ml-auto flex gap-2 shrink-0">
          <LifecycleButtons container={container} onDialog={setDialog} />
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
          <span className="-my-2">
            <CopyButton label="Copy ID" text={id} />
          </span>
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
      {dialog === 'rename' && <RenameDialog id={id} name={name} onClose={() => setDialog(null)} />}
      {dialog === 'delete' && (
        <DeleteDialog
          containers={[container]}
          onDelete={() => navigate({ page: 'containers' })}
          onClose={() => setDialog(null)}
        />
      )}
    </header>
  );
}

const icons: Partial<Record<Verb, React.ReactNode>> = {
  start: <PlayIcon size={13} />,
  stop: <StopIcon />,
  restart: <RotateCw size={15} />,
  unpause: <PlayIcon size={13} />,
};
/** The ones that have a button; the menu has all. */
const shownVerbs: Verb[] = ['restart', 'unpause', 'start', 'stop'];

function LifecycleButtons({
  container,
  onDialog,
}: {
  container: Container;
  onDialog: (dialog: 'rename' | 'delete') => void;
}) {
  const { name, busy, state } = container;
  const fitting = shownVerbs.filter(
    (verb) => verbs[verb].fits(container) && !(state === 'paused' && verb === 'restart'),
  );
  return (
    <>
      {fitting.map((verb) => (
        <Button
          key={verb}
          icon={icons[verb]}
          aria-label={`${verbs[verb].label} ${name}`}
          disabledReason={busy ? 'It is busy with what was asked before' : undefined}
          preview={previewOf(verb, [container])}
          onPress={() => act(verb, [container])}
        >
          {verbs[verb].label}
        </Button>
      ))}
      <Button
        className="!px-2"
        aria-label={`More actions for ${name}`}
        aria-haspopup="menu"
        onPress={(anchor) =>
          openMenu({
            label: `More actions for ${name}`,
            anchor,
            items: rowMenu(container, { rename: () => onDialog('rename'), remove: () => onDialog('delete') }),
          })
        }
      >
        <Ellipsis size={16} className="!m-0" aria-hidden="true" />
      </Button>
    </>
  );
}
