import { useEffect, useRef, useState } from 'react';
import type { Problem, RunSpec } from '#contract';
import { problemOf } from '../data/problems';
import { followRun } from './followRun';

interface Begun {
  taskId: string;
  spec: RunSpec;
  openLogs: () => boolean;
  onDone: () => void;
}

interface Running {
  /** Null while nothing runs. */
  taskId: string | null;
  /** The engine is asked whether it can run, or the task is being made. */
  asking: boolean;
  /** Why it failed the last time. */
  problem: Problem | null;
  /** The run that failed here the last time. */
  failed: { taskId: string; spec: RunSpec } | null;
}

const idle = (problem: Problem | null, failed: Running['failed'] = null): Running => ({
  taskId: null,
  asking: false,
  problem,
  failed,
});

/** A run from the press on Run to its end. While the dialog is open a failure comes back here. */
export function useRunning(before: Problem | null) {
  const [state, setState] = useState(() => idle(before));
  const open = useRef(true);
  // The state is only that of the last drawing: two presses in one moment would start two runs.
  const begun = useRef(false);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);

  async function follow({ taskId, spec, openLogs, onDone }: Begun) {
    setState({ ...idle(null), taskId });
    const task = await followRun(taskId, spec, { openLogs, inDialog: () => open.current });
    begun.current = false;
    if (!open.current) return;
    if (task.status === 'done') onDone();
    else setState(idle(task.problem, { taskId, spec }));
  }

  return {
    ...state,
    forget: () => setState((now) => ({ ...now, problem: null })),
    /** Starts what `ask` hands over, unless something runs already; null when it found a reason not to. */
    begin: async (ask: () => Promise<Begun | null>) => {
      if (begun.current) return;
      begun.current = true;
      setState({ ...idle(null), asking: true });
      try {
        const made = await ask();
        if (made) return void follow(made);
        setState(idle(null));
      } catch (error) {
        setState(idle(problemOf(error)));
      }
      begun.current = false;
    },
  };
}
