import { type RefObject, useLayoutEffect, useState } from 'react';

/** Pixels of a row that are not text: edge, gaps, time, and the padding at its end. As in log.css. */
const beside = (timestamps: boolean, fontSize: number) =>
  timestamps ? 4 + 20 + fontSize * 7.67 + 20 + 16 : 4 + 20 + 16;
const probeLength = 100;

/** Height of a log's box, and how many characters fit beside each other in it. */
export function useColumns(
  box: RefObject<HTMLElement | null>,
  timestamps: boolean,
  font: { name: string; size: number },
): { height: number; columns: number } {
  const [size, setSize] = useState({ height: 0, width: 0, character: 7.2 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: characters are of another width in another font
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const probe = document.createElement('span');
      probe.textContent = '0'.repeat(probeLength);
      probe.style.position = 'absolute';
      probe.style.visibility = 'hidden';
      element.append(probe);
      const character = probe.getBoundingClientRect().width / probeLength;
      probe.remove();
      const next = { height: element.clientHeight, width: element.clientWidth, character };
      setSize((now) =>
        now.height === next.height && now.width === next.width && now.character === character ? now : next,
      );
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // The face may come after the first rows.
    document.fonts.ready.then(measure);
    return () => observer.disconnect();
  }, [box, font.name, font.size]);
  const columns = Math.max(10, Math.floor((size.width - beside(timestamps, font.size)) / size.character));
  return { height: size.height, columns };
}
