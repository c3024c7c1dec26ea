import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Kbd } from './Kbd';

const DELAY_MS = 500;
/** After a tooltip was shown, its neighbours show at once for this long. */
const WARM_MS = 600;
const GAP = 8;
const EDGE = 8;

interface Shown {
  target: Element;
  text: string;
  keys: string | undefined;
}

/**
 * The one tooltip of the window. It listens on the document for elements with `data-tip` (see tip.ts), so that a
 * table of a thousand rows needs no tooltip instance of its own.
 */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => watchTips(setShown), []);
  return shown ? createPortal(<TooltipBubble shown={shown} />, document.body) : null;
}

function watchTips(show: (shown: Shown | null) => void): () => void {
  const owner = new AbortController();
  const on = { signal: owner.signal, capture: true, passive: true } as const;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: Element | null = null;
  let lastHidden = 0;

  function hide() {
    clearTimeout(timer);
    if (current) lastHidden = performance.now();
    current = null;
    show(null);
  }

  function consider(node: EventTarget | null, delay: number) {
    const target = node instanceof Element ? node.closest('[data-tip]') : null;
    if (target === current) return;
    if (current) hide();
    clearTimeout(timer);
    if (!target || isNeedless(target)) return;
    timer = setTimeout(() => {
      const text = target.getAttribute('data-tip');
      if (!text || !target.isConnected) return;
      current = target;
      show({ target, text, keys: target.getAttribute('data-tip-key') ?? undefined });
    }, delay);
  }

  document.addEventListener(
    'pointerover',
    (event) => {
      if (event.pointerType === 'touch') return;
      consider(event.target, performance.now() - lastHidden < WARM_MS ? 0 : DELAY_MS);
    },
    on,
  );
  document.addEventListener(
    'focusin',
    (event) => {
      const focused = event.target;
      if (focused instanceof Element && focused.matches(':focus-visible')) consider(focused, 0);
    },
    on,
  );
  for (const type of ['focusout', 'pointerdown', 'scroll', 'keydown'] as const) {
    document.addEventListener(type, hide, on);
  }
  return () => {
    clearTimeout(timer);
    owner.abort();
  };
}

/** Below this width the sidebar is a rail (see window.css). */
const RAIL_BELOW = 1040;

/** Whether the tooltip would only repeat what is to be read in full already. */
function isNeedless(target: Element): boolean {
  if (target.hasAttribute('data-tip-rail')) return window.innerWidth >= RAIL_BELOW;
  return target.hasAttribute('data-tip-cut') && target.scrollWidth <= target.clientWidth;
}

function TooltipBubble({ shown }: { shown: Shown }) {
  const ref = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ left: -9999, top: -9999 });
  useLayoutEffect(() => {
    const bubble = ref.current?.getBoundingClientRect();
    if (!bubble) return;
    const box = shown.target.getBoundingClientRect();
    const below = box.bottom + GAP;
    const fits = below + bubble.height + EDGE < window.innerHeight;
    const middle = box.left + box.width / 2 - bubble.width / 2;
    setAt({
      left: Math.max(EDGE, Math.min(middle, window.innerWidth - bubble.width - EDGE)),
      top: fits ? below : box.top - GAP - bubble.height,
    });
  }, [shown]);
  return (
    <div ref={ref} role="tooltip" className="tooltip pop" style={at}>
      <span className="min-w-0">{shown.text}</span>
      {shown.keys && <Kbd keys={shown.keys} />}
    </div>
  );
}
