import { useEffect } from 'react';
import { useLoaded } from './data/projection';

/**
 * Marks on the page's time line, for `npm run bench` and for whoever looks into a slow start: `gantry:data` when the
 * engine's objects came, `gantry:first-useful-paint` when the frame that shows them was drawn.
 */
export function useFirstPaintMarks(): void {
  const loaded = useLoaded();
  useEffect(() => {
    if (!loaded || performance.getEntriesByName('gantry:first-useful-paint').length > 0) return;
    // A frame is on screen when the next one begins.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => performance.mark('gantry:first-useful-paint'));
    });
    return () => cancelAnimationFrame(frame);
  }, [loaded]);
}
