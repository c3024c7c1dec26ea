import { useCallback, useState } from 'react';
import type { LogSource, OwnLogLine } from '#contract';
import { Fold } from '#ui/Fold';
import { Said } from '#ui/Said';
import { SearchField } from '#ui/SearchField';
import { SegmentedControl } from '#ui/SegmentedControl';
import { client } from '../../data/client';
import { useStream } from '../../data/stream';

/** So many lines are kept; the files have more. */
const keptLines = 1000;

/** What Gantry itself wrote down: its own log, that of the VM's keeper, and the VM's serial line. */
export function OwnLog() {
  return (
    <section className="card px-4 py-2" aria-label="Gantry’s own logs">
      <Fold title="Logs" note="what Gantry and its VM wrote down">
        <Lines />
      </Fold>
    </section>
  );
}

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'medium' });

const inWords = ({ at, level, text }: OwnLogLine) =>
  `${at === null ? '' : `${time.format(at)}  `}${level === 'info' ? '' : `${level.toUpperCase()}  `}${text}`;

function Lines() {
  const [source, setSource] = useState<LogSource>('gantry');
  const [filter, setFilter] = useState('');
  const [lines, setLines] = useState<readonly string[]>([]);
  const open = useCallback(
    (signal: AbortSignal) => {
      setLines([]);
      return client.diagnostics.log({ source, lines: keptLines }, { signal });
    },
    [source],
  );
  useStream({
    open,
    onItem: (batch) => setLines((before) => [...before, ...batch.map(inWords)].slice(-keptLines)),
  });
  const wanted = filter.trim().toLowerCase();
  const shown = wanted ? lines.filter((line) => line.toLowerCase().includes(wanted)) : lines;
  return (
    <div className="pb-2">
      <div className="flex items-center gap-3 mt-2">
        <SegmentedControl
          size="sm"
          label="Whose log"
          value={source}
          onChange={setSource}
          segments={[
            { value: 'gantry', label: 'Gantry' },
            { value: 'vm', label: 'The VM’s keeper' },
            { value: 'serial', label: 'Inside the VM' },
          ]}
        />
        <span className="ml-auto">
          <SearchField label="Filter lines" value={filter} onChange={setFilter} className="w-[180px]" />
        </span>
      </div>
      {shown.length > 0 ? (
        <Said label="Log lines, newest first" text={shown.toReversed().join('\n')} tall />
      ) : (
        <p className="help mt-2">
          {lines.length > 0 ? 'No line has that.' : 'Nothing was written down here yet.'}
        </p>
      )}
    </div>
  );
}
