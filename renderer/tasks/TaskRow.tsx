import { Ban, Check, ChevronDown, ChevronRight, Download, X } from 'lucide-react';
import { useId, useState } from 'react';
import type { Task } from '#contract';
import { Button } from '#ui/Button';
import { formatAgo, formatExact } from '#ui/format';
import { IconButton } from '#ui/IconButton';
import { Progress } from '#ui/Meter';
import { EngineWords } from '#ui/ProblemView';
import { Spinner, StateGlyph } from '#ui/StateGlyph';
import { cutTip, tip } from '#ui/tip';
import { client } from '../data/client';
import { useClock } from '../data/clock';
import { runAction, showProblem } from '../data/problems';
import { openRun } from '../run/store';
import { navigate } from '../shell/router';
import { retryTask } from './announce';
import { LayerTicks } from './LayerTicks';
import { useTick } from './useTick';
import {
  endedLine,
  fractionOf,
  headline,
  layerFraction,
  layerLine,
  progressFigure,
  progressLine,
  shareOf,
  subjectOf,
} from './words';

/** One task of the list: its progress while it runs, what came of it and what can be done about it afterwards. */
export function TaskRow({ task, onLeave }: { task: Task; onLeave: () => void }) {
  return (
    <li className="px-4 py-3 flex gap-3">
      <span className="pt-[2px] text-fg2 w-4 shrink-0">
        <TaskGlyph task={task} />
      </span>
      <div className="min-w-0 flex-1">
        {task.status === 'running' ? (
          <RunningTask task={task} />
        ) : (
          <EndedTask task={task} onLeave={onLeave} />
        )}
      </div>
    </li>
  );
}

function TaskGlyph({ task: { kind, status, progress } }: { task: Task }) {
  if (status === 'failed') return <StateGlyph state="failed" size={16} />;
  if (status === 'done') return <Check size={16} className="text-ok-fg" aria-hidden="true" />;
  if (status === 'cancelled') return <Ban size={16} className="text-fg3" aria-hidden="true" />;
  if (kind === 'pull' && shareOf(progress) !== null) return <Download size={16} aria-hidden="true" />;
  return <Spinner size={16} />;
}

function Headline({ task, end, endTip }: { task: Task; end: string; endTip?: string }) {
  const text = headline(task);
  return (
    <div className="flex items-baseline gap-2">
      <bdi
        className={
          task.status === 'failed' ? 'font-medium wrap-anywhere line-clamp-2' : 'font-medium truncate'
        }
        {...cutTip(text)}
      >
        {text}
      </bdi>
      <span className="ml-auto text-12 num text-fg3 whitespace-nowrap" {...tip(endTip)}>
        {end}
      </span>
    </div>
  );
}

function RunningTask({ task }: { task: Task }) {
  const now = useTick(true);
  const fraction = fractionOf(task.progress);
  const line = progressLine(task);
  const layers = task.progress.kind === 'layers' ? task.progress.layers : [];
  return (
    <>
      <Headline task={task} end={task.undoUntil === null ? progressFigure(task, now) : ''} />
      <div className="my-1.5 flex empty:hidden">
        {layers.length > 0 ? (
          <LayerTicks layers={layers} fraction={fraction} label={headline(task)} valueText={line} />
        ) : (
          fraction !== null && (
            <Progress label={headline(task)} fraction={fraction} valueText={line} ticks={40} />
          )
        )}
      </div>
      <div className="flex items-center gap-2 min-h-[24px]">
        <span className="text-12 text-fg3 num truncate min-w-0" {...cutTip(line)}>
          {line}
        </span>
        <span className="ml-auto shrink-0">
          <StopButton task={task} now={now} />
        </span>
      </div>
      {layers.length > 0 && <LayerList layers={layers} />}
    </>
  );
}

function StopButton({ task, now }: { task: Task; now: number }) {
  if (!task.canCancel) return null;
  const cancel = () => void client.tasks.cancel({ taskId: task.id }).catch(showProblem);
  if (task.undoUntil !== null) {
    return (
      <Button size="sm" aria-label={`Undo: keep ${subjectOf(task)}`} onPress={cancel}>
        Undo
        <span className="num text-fg3">{Math.max(0, Math.ceil((task.undoUntil - now) / 1000))} s</span>
      </Button>
    );
  }
  return (
    <IconButton size="sm" aria-label={`Cancel ${task.title}`} tooltip="Cancel" onPress={cancel}>
      <X size={15} />
    </IconButton>
  );
}

type Layers = Extract<Task['progress'], { kind: 'layers' }>['layers'];

function LayerList({ layers }: { layers: Layers }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        className="flex items-center gap-1 text-12 text-fg2 rounded-4 -ml-1 pr-1"
        onClick={() => setOpen(!open)}
      >
        <Chevron size={14} aria-hidden="true" />
        Each layer
      </button>
      <ul id={id} hidden={!open} className="mt-1">
        {layers.map((layer) => (
          <li key={layer.id} className="flex items-center gap-2.5 h-[22px] text-11 text-fg3">
            <span className="mono !text-[11px] w-[84px] shrink-0">{layer.id}</span>
            <Progress
              label={`Layer ${layer.id}`}
              fraction={layerFraction(layer)}
              valueText={layerLine(layer)}
              ticks={14}
              height={6}
            />
            <span className="num whitespace-nowrap w-[128px] text-right">{layerLine(layer)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function EndedTask({ task, onLeave }: { task: Task; onLeave: () => void }) {
  const now = useClock();
  const at = task.endedAt ?? task.startedAt;
  const line = task.problem?.explanation ?? endedLine(task);
  return (
    <>
      <Headline task={task} end={formatAgo(at, now)} endTip={formatExact(at)} />
      {line && <div className="text-12 text-fg3 num wrap-anywhere">{line}</div>}
      {task.problem && <EngineWords problem={task.problem} />}
      <NextSteps task={task} onLeave={onLeave} />
    </>
  );
}

interface Step {
  label: string;
  name: string;
  onPress: () => void;
}

function stepsOf(task: Task, onLeave: () => void): Step[] {
  const what = subjectOf(task);
  const again = { label: 'Try again', name: `Try again: ${task.title}`, onPress: () => retryTask(task.id) };
  if (task.status === 'cancelled') return task.canRetry ? [again] : [];
  if (task.status === 'done') return doneSteps(task, what, onLeave);
  const fixes = (task.problem?.actions ?? []).flatMap((action): Step[] => {
    if (action.kind === 'retry' && action.at !== undefined && task.canRetry) {
      const later = () => retryTask(task.id, action.at);
      return [{ label: action.label, name: `${action.label}: ${task.title}`, onPress: later }];
    }
    if (action.kind !== 'open' && action.kind !== 'call') return [];
    const onPress = () => {
      onLeave();
      void runAction(action);
    };
    return [{ label: action.label, name: `${action.label}: ${task.title}`, onPress }];
  });
  return [...fixes.slice(0, 2), ...(task.canRetry ? [again] : [])];
}

function doneSteps({ kind, result }: Task, what: string, onLeave: () => void): Step[] {
  const containerId = result?.containerId;
  const leave = (go: () => void) => () => {
    onLeave();
    go();
  };
  if (kind === 'pull') return [{ label: 'Run', name: `Run ${what}`, onPress: leave(() => openRun(what)) }];
  if (kind !== 'run' || containerId === undefined) return [];
  const show = leave(() => navigate({ page: 'containers', id: containerId }));
  return [{ label: 'Show', name: `Show ${what}`, onPress: show }];
}

function NextSteps({ task, onLeave }: { task: Task; onLeave: () => void }) {
  const steps = stepsOf(task, onLeave);
  if (steps.length === 0) return null;
  return (
    <div className="flex gap-2 mt-2 flex-wrap">
      {steps.map(({ label, name, onPress }) => (
        <Button key={name} size="sm" aria-label={name} onPress={onPress}>
          {label}
        </Button>
      ))}
    </div>
  );
}
