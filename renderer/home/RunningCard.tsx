import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { Container } from '#contract';
import { engineHostname, publishedPorts } from '#contract/published-ports';
import { IconButton } from '#ui/IconButton';
import { PlayIcon, StopIcon } from '#ui/icons';
import { Sparkline } from '#ui/Sparkline';
import { StateGlyph } from '#ui/StateGlyph';
import { act, previewOf, toggleVerb, verbs } from '../containers/actions';
import { DeleteDialog } from '../containers/DeleteDialog';
import { PortLink } from '../containers/details/PortLink';
import { RenameDialog } from '../containers/details/RenameDialog';
import { useSeries } from '../containers/list/liveStats';
import { type RowDialogs, rowMenu } from '../containers/list/rowMenu';
import { lookOf } from '../containers/state';
import { useClock } from '../data/clock';
import { useEngine } from '../data/projection';
import { formatDuration, formatPercent, plural } from '../ui/format';
import { openMenu } from '../ui/menus';
import { cutTip } from '../ui/tip';
import { AttentionRows } from './AttentionRows';
import { QuickStarts } from './QuickStarts';

/** More belong on their own page. */
const SHOWN = 8;

/** What runs, and before it what needs a look. */
export function RunningCard({
  up,
  containers,
}: {
  up: readonly Container[];
  containers: readonly Container[];
}) {
  const [renaming, setRenaming] = useState<Container | null>(null);
  const [deleting, setDeleting] = useState<readonly Container[] | null>(null);
  const more = up.length - SHOWN;
  return (
    <section className="card overflow-hidden min-w-0" aria-label="Running now">
      <div className="px-4 pt-3 pb-2 flex items-center gap-2">
        <h2 className="h2">Running now</h2>
        <span className="text-fg3 num">{up.length}</span>
        <a className="ml-auto text-12" href="#/containers">
          All containers
        </a>
      </div>
      <AttentionRows containers={containers} />
      {up.length === 0 ? (
        <QuickStarts />
      ) : (
        <table className="tbl" aria-label="Running containers">
          <colgroup>
            <col />
            <col className="w-[92px]" />
            <col className="w-[138px]" />
            <col className="w-[116px] max-[1040px]:w-[58px]" />
            <col className="w-[70px]" />
          </colgroup>
          <tbody>
            {up.slice(0, SHOWN).map((container) => (
              <RunningRow
                key={container.id}
                container={container}
                dialogs={{ rename: setRenaming, remove: setDeleting }}
              />
            ))}
          </tbody>
        </table>
      )}
      {more > 0 && (
        <a className="block px-4 py-2.5 text-12 border-t border-line" href="#/containers">
          {plural(more, 'more container')}
        </a>
      )}
      {renaming && <RenameDialog id={renaming.id} name={renaming.name} onClose={() => setRenaming(null)} />}
      {deleting && <DeleteDialog containers={deleting} onClose={() => setDeleting(null)} />}
    </section>
  );
}

function RunningRow({ container, dialogs }: { container: Container; dialogs: RowDialogs }) {
  const { id, name, project, startedAt, busy } = container;
  const { glyph, word } = lookOf(container);
  const verb = toggleVerb(container);
  return (
    <tr>
      <td className="!pl-4">
        <span className="flex items-center gap-2.5 min-w-0">
          <StateGlyph state={glyph} />
          <span className="sr-only">{word}</span>
          <a
            className="font-medium truncate !text-fg"
            href={`#/containers/${encodeURIComponent(id)}`}
            {...cutTip(name)}
          >
            <bdi>{name}</bdi>
          </a>
          {project && <span className="text-fg3 text-12 truncate max-[1040px]:hidden">{project}</span>}
        </span>
      </td>
      <td className="text-fg3 num">
        {glyph === 'running' && startedAt !== null ? (
          <Since at={startedAt} />
        ) : glyph === 'running' ? (
          ''
        ) : (
          word
        )}
      </td>
      <td>
        <Door container={container} />
      </td>
      <td>
        <Load id={id} />
      </td>
      <td className="!px-1">
        <span className="flex justify-end">
          <IconButton
            size="sm"
            aria-label={`${verbs[verb].label} ${name}`}
            tooltip={verbs[verb].label}
            disabledReason={busy ? 'It is busy with what was asked before' : undefined}
            preview={previewOf(verb, [container])}
            onPress={() => void act(verb, [container])}
          >
            {verb === 'stop' ? <StopIcon /> : <PlayIcon size={13} />}
          </IconButton>
          <IconButton
            size="sm"
            aria-label={`More actions for ${name}`}
            tooltip="More actions"
            aria-haspopup="menu"
            onPress={(button) =>
              openMenu({ label: `Actions for ${name}`, items: rowMenu(container, dialogs), anchor: button })
            }
          >
            <Ellipsis size={15} />
          </IconButton>
        </span>
      </td>
    </tr>
  );
}

function Since({ at }: { at: number }) {
  return formatDuration(useClock() - at);
}

function Door({ container }: { container: Container }) {
  const host = useEngine().endpoint?.host;
  const [door] = publishedPorts(container, engineHostname(host));
  return door ? <PortLink port={door} /> : null;
}

function Load({ id }: { id: string }) {
  const series = useSeries(id);
  const newest = series?.cpu.at(-1);
  if (!series || newest === undefined) return null;
  return (
    <span className="flex items-center gap-2 num">
      <span className="inline-flex max-[1040px]:hidden">
        <Sparkline values={series.cpu} floor={0.1} width={54} />
      </span>
      <span className="text-12 text-fg2">{formatPercent(newest)}</span>
    </span>
  );
}
