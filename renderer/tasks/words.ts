import type { LayerProgress, Task, TaskProgress } from '#contract';
import { formatBytes, formatClock, formatDuration, formatLongDuration, formatRate } from '#ui/format';

type Layers = Extract<TaskProgress, { kind: 'layers' }>;

const running = { pull: 'Pulling', run: 'Starting', remove: 'Deleting' };
const done = { pull: 'Pulled', run: 'Started', remove: 'Deleted' };
const noun = { pull: 'Pull', run: 'Start', remove: 'Deletion' };

/** What the task is about: `nginx:1.29`, "web-1 and 2 more". */
export function subjectOf({ kind, subject, result }: Task): string {
  const first = result?.reference ?? subject[0] ?? '';
  // A run's second subject is its image, not one more thing that runs.
  return kind === 'remove' && subject.length > 1 ? `${first} and ${subject.length - 1} more` : first;
}

/** "Pulling nginx:1.29", "Pulled nginx:1.29", or what failed. */
export function headline(task: Task): string {
  const what = subjectOf(task);
  if (task.status === 'running') return `${running[task.kind]} ${what}`;
  if (task.status === 'done') return `${done[task.kind]} ${what}`;
  if (task.status === 'cancelled') {
    return task.kind === 'remove' ? `Kept ${what}` : `${noun[task.kind]} of ${what} cancelled`;
  }
  return task.problem?.title ?? `${noun[task.kind]} of ${what} failed`;
}

/** 0 to 1 as far as it is known; null while the length is not. */
export function fractionOf(progress: TaskProgress): number | null {
  if (progress.kind === 'steps') return progress.of > 0 ? progress.step / progress.of : null;
  if (progress.kind === 'unknown' || !progress.totalBytes) return null;
  return Math.min(1, progress.receivedBytes / progress.totalBytes);
}

const hasEnded = ({ phase }: LayerProgress) => phase === 'done' || phase === 'exists';

function layersLine(progress: Layers): string {
  const { layers, receivedBytes, totalBytes, bytesPerSecond, secondsLeft, doing } = progress;
  if (layers.length === 0) return doing;
  const ended = layers.filter(hasEnded).length;
  const parts = [`${ended} of ${layers.length} layers`];
  if (totalBytes === null) parts.push(`${formatBytes(receivedBytes)} so far`);
  else if (receivedBytes < totalBytes) {
    parts.push(`${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`);
  } else parts.push(doing.toLowerCase());
  const arrives = totalBytes === null || receivedBytes < totalBytes;
  if (arrives && bytesPerSecond) parts.push(formatRate(bytesPerSecond));
  if (arrives && secondsLeft !== null) parts.push(`${formatDuration(Math.ceil(secondsLeft) * 1000)} left`);
  return parts.join(', ');
}

/** The line below a running task's progress: what it does, how far it is, how long it will take. */
export function progressLine({ progress }: Task): string {
  if (progress.kind === 'layers') return layersLine(progress);
  if (progress.kind === 'steps') return `Step ${progress.step} of ${progress.of}: ${progress.doing}`;
  return progress.doing;
}

/** What stands at the right of a running task: how far it is, or for how long it runs. */
export function progressFigure({ progress, startedAt }: Task, now: number): string {
  const fraction = fractionOf(progress);
  return fraction === null ? formatClock(now - startedAt) : `${Math.floor(fraction * 100)}%`;
}

/** How an ended task went, in figures: "158 MB in 21 s". */
export function endedLine({ kind, status, progress, startedAt, endedAt }: Task): string | null {
  if (status !== 'done' || kind === 'remove' || endedAt === null) return null;
  const time = formatLongDuration(Math.max(1000, endedAt - startedAt));
  if (kind === 'run' || progress.kind !== 'layers') return `in ${time}`;
  return progress.receivedBytes > 0
    ? `${formatBytes(progress.receivedBytes)} in ${time}`
    : 'Nothing new, it was here already';
}

const phaseWords: Record<LayerProgress['phase'], string> = {
  waiting: 'waiting',
  downloading: 'downloading',
  verifying: 'downloaded',
  extracting: 'extracting',
  done: 'ready',
  exists: 'here already',
};

/** A layer's figure: "2.1 of 8 MB" while it arrives, a word otherwise. */
export function layerLine({ phase, currentBytes, totalBytes }: LayerProgress): string {
  if (phase !== 'downloading' && phase !== 'extracting') return phaseWords[phase];
  if (totalBytes === null) return phaseWords[phase];
  const size = `${formatBytes(currentBytes)} of ${formatBytes(totalBytes)}`;
  return phase === 'extracting' ? `extracting, ${size}` : size;
}

/** 0 to 1. */
export function layerFraction(layer: LayerProgress): number {
  if (hasEnded(layer) || layer.phase === 'verifying') return 1;
  return layer.totalBytes ? Math.min(1, layer.currentBytes / layer.totalBytes) : 0;
}

/** 0 to 1 for graphics: by bytes where they are known, else by layers; null while nothing is known. */
export function shareOf(progress: TaskProgress): number | null {
  const fraction = fractionOf(progress);
  if (fraction !== null || progress.kind !== 'layers' || progress.layers.length === 0) return fraction;
  const sum = progress.layers.reduce((total, layer) => total + layerFraction(layer), 0);
  return sum / progress.layers.length;
}
