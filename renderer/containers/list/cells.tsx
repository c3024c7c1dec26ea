import { ArrowUpRight, Ellipsis, ScrollText, SquareTerminal } from 'lucide-react';
import type { Container } from '#contract';
import { isUp } from '#contract/container-state';
import { engineHostname, type PublishedPort, publishedPorts } from '#contract/published-ports';
import { RowAction, RowActions } from '#ui/DataTable';
import { PlayIcon, StopIcon } from '#ui/icons';
import { Sparkline } from '#ui/Sparkline';
import { StateGlyph } from '#ui/StateGlyph';
import { useClock } from '../../data/clock';
import { useEngine } from '../../data/projection';
import { cutMiddle, formatAgo, formatBytes, formatDuration, formatPercent } from '../../ui/format';
import { cutTip, tip } from '../../ui/tip';
import { toggleVerb, verbs } from '../actions';
import { stateTip } from '../exitWords';
import { lookOf } from '../state';
import { useSeries } from './liveStats';

/** Longer names are cut in the middle before the cell cuts them, so that their ends can be told apart. */
const NAME_LIMIT = 48;

/** Compose puts the project before each name; under the project's own row that would say it twice. */
export const nameInProject = ({ name, project }: Container): string =>
  project !== null && name.startsWith(`${project}-`) && name.length > project.length + 1
    ? name.slice(project.length + 1)
    : name;

export function NameCell({ container, name }: { container: Container; name: string }) {
  return (
    <span className="flex items-center gap-2.5 pl-[5px] min-w-0">
      <StateGlyph state={lookOf(container).glyph} />
      {/* The engine allows no other characters in names, but what answers need not be the engine. */}
      <bdi
        className="font-medium truncate"
        {...(name === container.name ? cutTip(name) : tip(container.name))}
      >
        {cutMiddle(name, NAME_LIMIT)}
      </bdi>
    </span>
  );
}

export function ImageCell({ container: { image } }: { container: Container }) {
  const shown = image.startsWith('sha256:') ? image.slice(7, 19) : image;
  return (
    <bdi className="text-fg2 block truncate" {...cutTip(image)}>
      {shown}
    </bdi>
  );
}

const tones = { plain: '', warn: 'text-warn-fg', danger: 'text-danger-fg' };

export function StateCell({ container }: { container: Container }) {
  const { word, tone, notes, time } = lookOf(container);
  return (
    <span className="block truncate" {...tip(stateTip(container))}>
      <span className={tones[tone]}>{word}</span>
      {time && !time.ago && (
        <span className="text-fg3 num">
          , <Since at={time.at} />
        </span>
      )}
      {notes.map((note) => (
        <span key={note} className="text-fg3 num">
          , {note}
        </span>
      ))}
      {time?.ago && (
        <span className="text-fg3 num">
          , <Ago at={time.at} />
        </span>
      )}
    </span>
  );
}

function Since({ at }: { at: number }) {
  return formatDuration(useClock() - at);
}

function Ago({ at }: { at: number }) {
  return formatAgo(at, useClock());
}

export function PortsCell({ container }: { container: Container }) {
  const host = useEngine().endpoint?.host;
  if (container.state !== 'running' && container.state !== 'paused') return null;
  const [first, ...others] = publishedPorts(container, engineHostname(host));
  if (!first) return null;
  return (
    <span className="flex items-center gap-1.5 num">
      <Port port={first} open={container.state === 'running'} />
      {others.length > 0 && (
        <span className="text-fg3 text-12" {...tip(others.map(({ address }) => address).join(', '))}>
          +{others.length}
        </span>
      )}
    </span>
  );
}

function Port({ port, open }: { port: PublishedPort; open: boolean }) {
  const leads = `${port.address} leads to ${port.containerPort} inside the container`;
  if (!port.url || !open) {
    return (
      <span className="text-fg3" {...tip(leads)}>
        {port.port}
      </span>
    );
  }
  return (
    <a
      className="inline-flex items-center gap-1"
      href={port.url}
      target="_blank"
      rel="noreferrer"
      tabIndex={-1}
      aria-label={`Open ${port.address}`}
      {...tip(leads)}
    >
      {port.port}
      <ArrowUpRight size={12} strokeWidth={2} aria-hidden="true" className="opacity-70" />
    </a>
  );
}

/** Below this the scale does not shrink further: an idle container must not look busy. */
const CPU_FLOOR = 0.1;
const MEMORY_FLOOR_BYTES = 64_000_000;

function Load({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <span className="flex items-center gap-2 num">
      <span className="max-[1040px]:hidden inline-flex">{children}</span>
      <span className="text-12 text-fg2">{text}</span>
    </span>
  );
}

export function CpuCell({ container }: { container: Container }) {
  const series = useSeries(container.id);
  const newest = series?.cpu.at(-1);
  if (!series || newest === undefined || !isUp(container)) return null;
  return (
    <Load text={formatPercent(newest)}>
      <Sparkline values={series.cpu} floor={CPU_FLOOR} />
    </Load>
  );
}

export function MemoryCell({ container }: { container: Container }) {
  const series = useSeries(container.id);
  const newest = series?.memoryBytes.at(-1);
  if (!series || newest === undefined || !isUp(container)) return null;
  return (
    <Load text={formatBytes(newest)}>
      <Sparkline values={series.memoryBytes} floor={MEMORY_FLOOR_BYTES} color="var(--g-data-3)" />
    </Load>
  );
}

const BUSY = 'It is busy with what was asked before';

export function ActionsCell({ container }: { container: Container }) {
  const { name, state, busy } = container;
  const verb = toggleVerb(container);
  const stops = verb === 'stop';
  const failed = lookOf(container).glyph === 'failed';
  const label = failed && verb === 'start' ? 'Start again' : verbs[verb].label;
  return (
    <RowActions>
      <RowAction action="logs" label={`Logs of ${name}`} tooltip="Logs" shortcut="L" hoverOnly>
        <ScrollText size={15} />
      </RowAction>
      {state === 'running' && (
        <RowAction action="terminal" label={`Terminal in ${name}`} tooltip="Terminal" shortcut="T" hoverOnly>
          <SquareTerminal size={15} />
        </RowAction>
      )}
      <RowAction
        action={verb}
        label={`${label} ${name}`}
        tooltip={label}
        shortcut="S"
        disabledReason={busy ? BUSY : undefined}
      >
        {stops ? <StopIcon /> : <PlayIcon size={13} />}
      </RowAction>
      <RowAction action="menu" label={`More actions for ${name}`} tooltip="More actions">
        <Ellipsis size={15} />
      </RowAction>
    </RowActions>
  );
}
