import { useEffect, useState } from 'react';
import type { UpdateOrder, UpdatesState } from '#contract/updates';

/** What the window's program says of updates; null until it has answered. */
export function useUpdates(): UpdatesState | null {
  const [state, setState] = useState<UpdatesState | null>(null);
  useEffect(() => {
    const bridge = window.gantryDesktop?.updates;
    if (!bridge) return;
    const stop = bridge.follow(setState);
    // A change that came in between is newer than this answer.
    void bridge.state().then((first) => setState((now) => now ?? first));
    return stop;
  }, []);
  return state;
}

export const orderUpdate = (order: UpdateOrder): void => window.gantryDesktop?.updates.order(order);
