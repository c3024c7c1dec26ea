import { ListTodo } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Task } from '#contract';
import { Button } from '#ui/Button';
import { Popover } from '#ui/Popover';
import { StateGlyph } from '#ui/StateGlyph';
import { tip } from '#ui/tip';
import { client } from '../data/client';
import { showProblem } from '../data/problems';
import { useTasks } from '../data/tasks';
import { TaskRow } from './TaskRow';
import { shareOf } from './words';

/** The title bar's button for everything that takes longer: how much is under way and how far it is. */
export function TasksButton() {
  const tasks = useTasks();
  const [open, setOpen] = useState(false);
  const [seenAt, setSeenAt] = useState(Date.now);
  const anchor = useRef<HTMLButtonElement>(null);
  const running = tasks.filter(({ status }) => status === 'running');
  const failed = tasks.some(({ status, endedAt }) => status === 'failed' && (endedAt ?? 0) > seenAt);
  const state = [
    running.length > 0 ? `${running.length} running` : 'nothing running',
    failed ? 'something failed' : '',
  ];
  const toggle = (next: boolean) => {
    setOpen(next);
    setSeenAt(Date.now());
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={`ib !w-auto min-w-[32px] px-2 gap-1.5 !inline-flex items-center justify-center ${open ? 'on' : ''}`}
        aria-label="Tasks"
        aria-description={state.filter(Boolean).join(', ')}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => toggle(!open)}
        {...tip(running.length > 0 ? `Tasks, ${running.length} running` : 'Tasks')}
      >
        {running.length > 0 ? (
          <ProgressArc fraction={overall(running)} />
        ) : (
          <ListTodo size={16} aria-hidden="true" />
        )}
        {running.length > 0 && <span className="text-12 num">{running.length}</span>}
        {failed && !open && <StateGlyph state="failed" size={13} />}
      </button>
      <Popover
        label="Tasks"
        anchor={anchor}
        open={open}
        onClose={() => toggle(false)}
        className="w-[392px] max-h-[min(640px,calc(100vh-80px))]"
      >
        <TaskList tasks={tasks} onLeave={() => toggle(false)} />
      </Popover>
    </>
  );
}

/** How far the running tasks are together; null when none of them knows. */
function overall(running: readonly Task[]): number | null {
  const known = running.flatMap(({ progress }) => shareOf(progress) ?? []);
  return known.length > 0 ? known.reduce((sum, fraction) => sum + fraction, 0) / known.length : null;
}

const RADIUS = 6;
const ROUND = 2 * Math.PI * RADIUS;
/** What turns while nothing is known of the length. */
const QUARTER = 0.25;

function ProgressArc({ fraction }: { fraction: number | null }) {
  const arc = { cx: 8, cy: 8, r: RADIUS, fill: 'none', strokeWidth: 2 };
  const length = ROUND * Math.max(0.03, fraction ?? QUARTER);
  return (
    <svg
      aria-hidden="true"
      width="16"
      height="16"
      viewBox="0 0 16 16"
      className={fraction === null ? 'spin' : undefined}
    >
      <circle {...arc} stroke="var(--g-track)" />
      <circle
        {...arc}
        stroke="var(--g-accent)"
        strokeDasharray={`${length} ${ROUND}`}
        strokeLinecap="round"
        transform="rotate(-90 8 8)"
      />
    </svg>
  );
}

function TaskList({ tasks, onLeave }: { tasks: readonly Task[]; onLeave: () => void }) {
  const running = tasks.filter(({ status }) => status === 'running');
  const ended = tasks.filter(({ status }) => status !== 'running').reverse();
  return (
    <>
      <div className="flex items-center px-4 pt-3 pb-2 min-h-[46px]">
        <h2 className="h2">Tasks</h2>
        {running.length > 0 && <span className="text-12 text-fg3 num ml-2">{running.length} running</span>}
        {ended.length > 0 && (
          <span className="ml-auto">
            <Button variant="quiet" size="sm" onPress={() => void client.tasks.clear().catch(showProblem)}>
              Clear finished
            </Button>
          </span>
        )}
      </div>
      {tasks.length === 0 ? (
        <p className="border-t border-line px-4 py-8 text-center text-fg3 text-balance">
          Nothing is under way. Pulls, starts and deletions show up here.
        </p>
      ) : (
        <ul className="divide-y divide-line border-t border-line overflow-auto min-h-0">
          {[...running, ...ended].map((task) => (
            <TaskRow key={task.id} task={task} onLeave={onLeave} />
          ))}
        </ul>
      )}
      {running.some(({ kind }) => kind === 'pull') && (
        <div className="border-t border-line px-4 h-9 flex items-center justify-end text-12 text-fg3 shrink-0">
          Pulls go on when this closes
        </div>
      )}
    </>
  );
}
