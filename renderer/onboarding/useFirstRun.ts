import { useEffect, useRef, useState } from 'react';
import type { Problem, RunSpec } from '#contract';
import { welcomeImage } from '#contract/images';
import { client } from '../data/client';
import { problemOf } from '../data/problems';
import { waitForTask } from '../data/tasks';

export type FirstRun =
  | { at: 'choosing'; problem: Problem | null }
  /** `taskId` is null until the engine has begun. */
  | { at: 'running'; image: string; taskId: string | null }
  | { at: 'done'; spec: RunSpec; containerId: string; tookMs: number };

/** The first container, from the choice of its image to its start with all that Gantry proposes. */
export function useFirstRun() {
  const [state, setState] = useState<FirstRun>({ at: 'choosing', problem: null });
  const owner = useRef<AbortController | null>(null);
  useEffect(() => () => owner.current?.abort(), []);

  async function run(image: string) {
    const began = Date.now();
    const controller = new AbortController();
    owner.current = controller;
    const { signal } = controller;
    setState({ at: 'running', image, taskId: null });
    try {
      if (image === welcomeImage) await client.images.giveWelcome(undefined, { signal });
      const { spec } = await client.run.propose({ image }, { signal });
      const { taskId } = await client.run.start(spec, { signal });
      setState({ at: 'running', image, taskId });
      const { status, problem, result } = await waitForTask(taskId, signal);
      const containerId = result?.containerId;
      if (status === 'done' && containerId)
        setState({ at: 'done', spec, containerId, tookMs: Date.now() - began });
      else setState({ at: 'choosing', problem });
    } catch (error) {
      if (!signal.aborted) setState({ at: 'choosing', problem: problemOf(error) });
    }
  }

  return { state, run, again: () => setState({ at: 'choosing', problem: null }) };
}
