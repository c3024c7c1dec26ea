import { useEffect, useState } from 'react';
import { useProjection } from '../data/projection';

/** The engine walks its disk to count: a burst of changes is counted once, when it is over. */
const QUIET_MS = 2000;

/** What takes room on the engine's disk, as text, a moment after the last change. */
export function useSettledObjects(): string {
  const now = useProjection(({ containers, images, volumes }) =>
    [
      ...images.byKey.keys(),
      ...volumes.byKey.keys(),
      ...containers.list.map(({ id, state }) => `${id}${state}`),
    ].join(' '),
  );
  const [settled, setSettled] = useState(now);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(now), QUIET_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return settled;
}
