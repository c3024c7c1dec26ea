import { ChartLine as ChartIcon, Pause, Play } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { Container, StatsSample } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { Button } from '#ui/Button';
import { EmptyState } from '#ui/EmptyState';
import { IconButton } from '#ui/IconButton';
import { SegmentedControl } from '#ui/SegmentedControl';
import { client } from '../../../data/client';
import { showProblem } from '../../../data/problems';
import { useEngine } from '../../../data/projection';
import { useStream } from '../../../data/stream';
import { useCommandStrip } from '../../../ui/commandStrip';
import {
  formatBytes,
  formatMemory,
  formatPercent,
  formatRate,
  plural,
  scaleBytes,
  scaleMemory,
} from '../../../ui/format';
import { act } from '../../actions';
import { useDetails } from '../useDetails';
import { Chart } from './Chart';
import { historyOf, remember, seriesOf } from './history';
import { ProcessTable } from './ProcessTable';

const ranges = [
  { value: '5', label: '5 min' },
  { value: '15', label: '15 min' },
  { value: '60', label: '1 h' },
] as const;
type Range = (typeof ranges)[number]['value'];

const kilobyte = 1000;
const megabyte = 1_000_000;

/** What a container uses, live while this is looked at. */
export default function StatsTab({ container }: { container: Container }) {
  const { id, name, state, startedAt } = container;
  const runs = state === 'running' || state === 'paused';
  useCommandStrip({ same: commandArguments(commands.containers.stats([name])) });
  const engine = useEngine();
  const [samples, setSamples] = useState(() => historyOf(id));
  const [range, setRange] = useState<Range>('5');
  /** The samples that the charts stand still at. */
  const [held, setHeld] = useState<readonly StatsSample[] | null>(null);
  const { data: details } = useDetails(container);

  const run = `${startedAt} ${engine.status === 'connected' ? engine.since : ''}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `run` opens it again
  const open = useCallback(
    (signal: AbortSignal) => client.containers.stats({ ids: [id] }, { signal }),
    [id, run],
  );
  useStream({
    open: runs ? open : null,
    onItem: (batch) => {
      for (const sample of batch) if (sample.id === id) setSamples(remember(sample));
    },
    onError: showProblem,
  });

  const shown = held ?? samples;
  const newest = shown.at(-1) ?? null;
  const to = (newest?.at ?? Date.now()) / 1000;
  const from = to - Number(range) * 60;
  const series = useMemo(() => seriesOf(shown, from * 1000), [shown, from]);
  const cpuData = useMemo(() => [series.times, series.cpu], [series]);
  const memoryData = useMemo(() => [series.times, series.memory], [series]);
  const networkData = useMemo(() => [series.times, series.sent, series.received], [series]);
  const blockData = useMemo(() => [series.times, series.written, series.read], [series]);

  if (!runs && shown.length === 0) return <NotRunning container={container} />;
  const cpuLimit = details?.cpuLimit ? details.cpuLimit * 100 : null;
  const memoryLimit = details?.memoryLimitBytes || null;
  const edges = { from, to };
  return (
    <div className="flex-1 min-h-0 overflow-y-auto">
      <div className="px-6 py-3 flex items-center gap-3">
        <SegmentedControl label="How far back" value={range} onChange={setRange} segments={ranges} />
        <span className="text-12 text-fg3">One point every 2 s while this is open</span>
        <span className="ml-auto">
          <IconButton
            aria-label="Hold the charts"
            pressed={held !== null}
            onPress={() => setHeld(held ? null : samples)}
          >
            {held ? <Play size={15} /> : <Pause size={15} />}
          </IconButton>
        </span>
      </div>
      <div className="px-6 grid grid-cols-2 gap-3">
        <Chart
          {...edges}
          title="CPU"
          lines={cpuLines}
          data={cpuData}
          floor={10}
          limit={cpuLimit ? { value: cpuLimit, label: `limit ${formatPercent(cpuLimit / 100)}` } : null}
          format={(value) => formatPercent(value / 100)}
        >
          <Figure value={newest ? formatPercent(newest.cpuPercent / 100) : '–'} unit="of one core">
            {cpuLimit ? `limit ${formatPercent(cpuLimit / 100)}` : 'no limit'}
          </Figure>
        </Chart>
        <Chart
          {...edges}
          title="Memory"
          lines={memoryLines}
          data={memoryData}
          floor={megabyte}
          limit={memoryLimit ? { value: memoryLimit, label: `limit ${formatMemory(memoryLimit)}` } : null}
          format={formatMemory}
          binary
        >
          <ByteFigure bytes={newest?.memoryBytes ?? null} scale={scaleMemory}>
            {memoryLimit && newest
              ? `${formatPercent(newest.memoryBytes / memoryLimit)} of its ${formatMemory(memoryLimit)} limit`
              : 'no limit'}
          </ByteFigure>
        </Chart>
        <Chart
          {...edges}
          title="Network"
          lines={networkLines}
          data={networkData}
          floor={kilobyte}
          format={formatRate}
        >
          <ByteFigure bytes={series.received.at(-1) ?? null} after="/s in">
            {`${formatRate(series.sent.at(-1) ?? 0)} out`}
          </ByteFigure>
        </Chart>
        <Chart
          {...edges}
          title="Disk"
          lines={blockLines}
          data={blockData}
          floor={kilobyte}
          format={formatRate}
        >
          <ByteFigure bytes={series.written.at(-1) ?? null} after="/s written">
            {`${formatRate(series.read.at(-1) ?? 0)} read`}
          </ByteFigure>
        </Chart>
      </div>
      <div className="px-6 py-3 flex gap-6 text-12 text-fg3 num flex-wrap">
        {newest && <span>{plural(newest.processes, 'process', 'processes')}</span>}
        <span>{plural(container.restartCount, 'restart')}</span>
        {newest && (
          <>
            <span>Received since start: {formatBytes(newest.networkReceivedBytes)}</span>
            <span>Written since start: {formatBytes(newest.blockWrittenBytes)}</span>
          </>
        )}
      </div>
      {state === 'running' && (
        <div className="px-6 pb-4">
          <ProcessTable id={id} name={name} count={newest?.processes ?? null} />
        </div>
      )}
    </div>
  );
}

const cpuLines = [{ label: 'CPU', colour: '--g-data-1' }];
const memoryLines = [{ label: 'Memory', colour: '--g-data-3' }];
const networkLines = [
  { label: 'Out', colour: '--g-data-2' },
  { label: 'In', colour: '--g-data-1', dashed: true },
];
const blockLines = [
  { label: 'Written', colour: '--g-data-5' },
  { label: 'Read', colour: '--g-data-1', dashed: true },
];

function Figure({ value, unit, children }: { value: string; unit: string; children: React.ReactNode }) {
  return (
    <>
      <span className="h1 num">{value}</span>
      <span className="text-fg2">{unit}</span>
      <span className="text-12 text-fg3 ml-1 truncate">{children}</span>
    </>
  );
}

function ByteFigure({
  bytes,
  after = '',
  scale = scaleBytes,
  children,
}: {
  bytes: number | null;
  after?: string;
  scale?: typeof scaleBytes;
  children: React.ReactNode;
}) {
  const [figure, unit] = scale(bytes ?? 0);
  return (
    <Figure value={bytes === null ? '–' : figure} unit={`${unit}${after}`}>
      {children}
    </Figure>
  );
}

function NotRunning({ container }: { container: Container }) {
  return (
    <EmptyState
      picture={<ChartIcon size={32} aria-hidden="true" className="text-fg3" />}
      title={`${container.name} does not run`}
      text="What does not run uses neither processor nor memory. Its figures appear here as soon as it runs."
      actions={
        <Button variant="primary" onPress={() => act('start', [container])}>
          Start it
        </Button>
      }
    />
  );
}
