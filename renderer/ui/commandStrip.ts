import { useEffect } from 'react';
import { create } from 'zustand';

/** What a button would run, shown in the strip while it has pointer or focus. */
export interface CommandPreview {
  /** The verb, as in "Stop would run": "Stop", "Delete 3". */
  label: string;
  /** The command line as arguments; null where Docker has no equivalent, with `note` saying so. */
  argv: readonly string[] | null;
  note?: string;
}

interface StripState {
  /** The command that shows what the page shows. */
  same: readonly string[] | null;
  /** The words before the page's command; "Same as" when not set. */
  lead: string | null;
  preview: CommandPreview | null;
  collapsed: boolean;
}

const COLLAPSED_KEY = 'gantry.strip.collapsed';

export const useStrip = create<StripState>(() => ({
  same: null,
  lead: null,
  preview: null,
  collapsed: localStorage.getItem(COLLAPSED_KEY) === 'true',
}));

/** Collapses or opens the strip and remembers it. */
export function setStripCollapsed(collapsed: boolean): void {
  localStorage.setItem(COLLAPSED_KEY, String(collapsed));
  useStrip.setState({ collapsed });
}

/** Tells the strip which command shows the same as the page, for as long as the page is mounted. */
export function useCommandStrip(page: { same: readonly string[] | null; lead?: string }): void {
  const { same, lead = null } = page;
  const key = same?.join('\0');
  // biome-ignore lint/correctness/useExhaustiveDependencies: pages build the array anew on each render; its text decides
  useEffect(() => {
    useStrip.setState({ same, lead });
    return () => useStrip.setState({ same: null, lead: null, preview: null });
  }, [key, lead]);
}

/** Shows or, with null, takes back a preview. */
export function previewCommand(preview: CommandPreview | null): void {
  if (useStrip.getState().preview !== preview) useStrip.setState({ preview });
}

/** Handlers that preview a command while the element has pointer or focus: `<button {...onPreview({…})}>`. */
export function onPreview(preview: CommandPreview | undefined) {
  if (!preview) return {};
  return {
    onPointerEnter: () => previewCommand(preview),
    onPointerLeave: () => previewCommand(null),
    onFocus: () => previewCommand(preview),
    onBlur: () => previewCommand(null),
  };
}
