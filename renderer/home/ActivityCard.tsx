import {
  CircleX,
  Download,
  HardDrive,
  HeartPulse,
  type LucideIcon,
  Network,
  Pencil,
  Plug,
  Square,
  Tag,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import type { ActivityEntry } from '#contract';
import { PauseIcon, PlayIcon } from '#ui/icons';
import { client } from '../data/client';
import { useClock } from '../data/clock';
import { useEngine, useProjection } from '../data/projection';
import { useStream } from '../data/stream';
import { classes } from '../ui/classes';
import { formatDuration, formatExact } from '../ui/format';
import { cutTip, tip } from '../ui/tip';

const SHOWN = 8;

const open = (signal: AbortSignal) => client.app.activity(undefined, { signal });

/** As many as the backend keeps. */
const KEPT = 100;

/** Newest first; an entry that came twice, before and after a reconnect, counts once. */
function merged(known: readonly ActivityEntry[], batch: readonly ActivityEntry[]): ActivityEntry[] {
  const ids = new Set(known.map(({ id }) => id));
  const fresh = batch.filter(({ id }) => !ids.has(id));
  return [...known, ...fresh].sort((one, other) => other.at - one.at).slice(0, KEPT);
}

/** The same thing of the same object once, with how often it happened: a restart loop must not fill the list. */
function folded(entries: readonly ActivityEntry[]): { entry: ActivityEntry; times: number }[] {
  const lines = new Map<string, { entry: ActivityEntry; times: number }>();
  for (const entry of entries) {
    const key = `${entry.target} ${entry.title}`;
    const line = lines.get(key);
    if (line) line.times += 1;
    else lines.set(key, { entry, times: 1 });
  }
  return [...lines.values()].slice(0, SHOWN);
}

/** What happened to the shown engine's objects, whoever did it. */
export function ActivityCard() {
  const [all, setEntries] = useState<readonly ActivityEntry[]>([]);
  const shown = useEngine().endpoint?.host;
  const entries = all.filter(({ engine }) => engine === shown);
  useStream({
    open,
    onItem: (batch) => setEntries((known) => merged(known, batch)),
    // The page's own notice says that the backend or the engine is away.
    onError: () => undefined,
  });
  return (
    <section className="card px-4 pt-3 pb-2 min-w-0" aria-label="Recent activity">
      <h2 className="h2 mb-1">Recent activity</h2>
      {entries.length === 0 ? (
        <p className="text-12 text-fg3 pb-2">Nothing has happened since Gantry began to listen.</p>
      ) : (
        <ul>
          {folded(entries).map(({ entry, times }) => (
            <Entry key={`${entry.target} ${entry.title}`} entry={entry} times={times} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Entry({ entry, times }: { entry: ActivityEntry; times: number }) {
  const { at, failed } = entry;
  return (
    <li className="flex gap-2.5 items-center h-8">
      <span
        className={classes('w-4 grid place-items-center shrink-0', failed ? 'text-danger-fg' : 'text-fg3')}
      >
        <Glyph entry={entry} />
      </span>
      <EntryTitle entry={entry} />
      {times > 1 && <span className="text-11 text-fg3 num shrink-0">{times} times</span>}
      {failed && <span className="sr-only">failed</span>}
      <time
        className="ml-auto text-11 text-fg3 num whitespace-nowrap"
        dateTime={new Date(at).toISOString()}
        {...tip(formatExact(at))}
      >
        <Age at={at} />
      </time>
    </li>
  );
}

function Age({ at }: { at: number }) {
  const now = useClock();
  return now - at < 15_000 ? 'now' : formatDuration(now - at);
}

/** A link while the container is still there. */
function EntryTitle({ entry: { kind, target, title } }: { entry: ActivityEntry }) {
  const there = useProjection((now) => kind === 'container' && now.containers.byKey.has(target));
  const text = <bdi>{title}</bdi>;
  return there ? (
    <a
      className="truncate !text-fg2 hover:underline"
      href={`#/containers/${encodeURIComponent(target)}`}
      {...cutTip(title)}
    >
      {text}
    </a>
  ) : (
    <span className="truncate text-fg2" {...cutTip(title)}>
      {text}
    </span>
  );
}

const icons: Record<string, LucideIcon> = {
  destroy: Trash2,
  delete: Trash2,
  remove: Trash2,
  untag: Trash2,
  pull: Download,
  load: Download,
  import: Download,
  tag: Tag,
  rename: Pencil,
  update: Pencil,
  health_status: HeartPulse,
};
const ofKind: Record<ActivityEntry['kind'], LucideIcon> = {
  container: Square,
  image: Download,
  volume: HardDrive,
  network: Network,
  engine: Plug,
};

function Glyph({ entry: { kind, action, failed } }: { entry: ActivityEntry }) {
  if (failed) return <CircleX size={15} aria-hidden="true" />;
  if (action === 'start' || action === 'unpause') return <PlayIcon size={13} />;
  if (action === 'pause') return <PauseIcon size={13} />;
  const Icon = icons[action] ?? ofKind[kind];
  return <Icon size={15} aria-hidden="true" />;
}
