const TABBABLE = 'a[href], button:not([tabindex="-1"]), input, textarea, [tabindex="0"]';

/** Moves focus to the next region of the window (sidebar, title bar, page, command line, toasts). */
export function focusNextRegion(backwards = false): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(isVisible);
  if (regions.length === 0) return;
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const step = backwards ? -1 : 1;
  const next = regions[(Math.max(at, backwards ? 0 : -1) + step + regions.length) % regions.length];
  if (!next) return;
  const first = [...next.querySelectorAll<HTMLElement>(TABBABLE)].find(isVisible);
  (first ?? next).focus();
}

function isVisible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}
