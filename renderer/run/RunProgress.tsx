import type { Task } from '#contract';
import { Progress } from '#ui/Meter';
import { Spinner } from '#ui/StateGlyph';
import { useNow } from '../containers/details/useNow';
import { formatBytes, formatClock, formatDuration, formatRate, plural } from '../ui/format';

type Layers = Extract<Task['progress'], { kind: 'layers' }>;

/** What the run is doing now, with real figures where there are any. */
export function RunProgress({ task }: { task: Task }) {
  const { progress, startedAt } = task;
  const now = useNow(1000);
  return (
    <div className="min-h-[180px] grid content-center gap-3" role="status" aria-label={task.title}>
      {progress.kind === 'layers' ? (
        <LayerProgress progress={progress} />
      ) : (
        <div className="flex items-center gap-2.5">
          <Spinner size={16} />
          <span className="font-medium">{progress.doing}</span>
          {progress.kind === 'steps' && (
            <span className="text-fg3 num">
              Step {progress.step} of {progress.of}
            </span>
          )}
          <span className="ml-auto text-fg3 num">{formatClock(now - startedAt)}</span>
        </div>
      )}
    </div>
  );
}

function LayerProgress({ progress }: { progress: Layers }) {
  const { doing, layers, receivedBytes, totalBytes, bytesPerSecond, secondsLeft } = progress;
  const finished = layers.filter(({ phase }) => phase === 'done' || phase === 'exists').length;
  const figures = [
    totalBytes === null
      ? formatBytes(receivedBytes)
      : `${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`,
    bytesPerSecond ? formatRate(bytesPerSecond) : null,
    secondsLeft === null ? null : `${formatDuration(secondsLeft * 1000)} left`,
  ].filter(Boolean);
  return (
    <>
      <div className="flex items-baseline gap-2.5">
        <span className="font-medium truncate">{doing}</span>
        <span className="ml-auto text-fg3 num shrink-0">
          {finished} of {plural(layers.length, 'layer')}
        </span>
      </div>
      {totalBytes === null || totalBytes === 0 ? (
        <Spinner size={16} />
      ) : (
        <Progress label={doing} fraction={receivedBytes / totalBytes} valueText={figures.join(', ')} />
      )}
      <div className="text-12 text-fg2 num">{figures.join(', ')}</div>
    </>
  );
}
