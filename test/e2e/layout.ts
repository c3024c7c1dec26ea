import { expect, type Page } from '@playwright/test';

/**
 * Nothing lies beyond the window's right edge, and nothing but code, a strip of choices and a
 * wide table made for it scrolls sideways.
 */
export async function expectNothingSideways(page: Page, view: string): Promise<void> {
  const scrolling = await page.evaluate(() =>
    [document.documentElement, ...document.body.querySelectorAll('*')]
      .filter((element) => {
        const { overflowX } = getComputedStyle(element);
        const scrolls =
          element === document.documentElement || overflowX === 'auto' || overflowX === 'scroll';
        return scrolls && element.scrollWidth > element.clientWidth + 1;
      })
      .filter((element) => !element.matches('.json-raw, .overflow-x-auto, :has(> [role="radiogroup"])'))
      .map(
        (element) => `${element.tagName} ${element.className} ${element.scrollWidth}>${element.clientWidth}`,
      ),
  );
  expect.soft(scrolling, `${view}: sideways`).toEqual([]);
}

/** No button or link is cut, or lies where no scrolling leads; no button's words are cut. */
export async function expectNothingCut(page: Page, view: string): Promise<void> {
  expect.soft(await page.evaluate(cutControls), `${view}: cut`).toEqual([]);
}

/** Runs in the page. */
function cutControls(): string[] {
  /** What of the element no scrolling brings forth; a part of a scrolling element is within reach if that is. */
  const lost = (element: Element): string | undefined => {
    let box = element.getBoundingClientRect();
    for (let around = element.parentElement; around; around = around.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(around);
      const frame = around.getBoundingClientRect();
      const beyondX = box.left < frame.left - 1 || box.right > frame.right + 1;
      const beyondY = box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
      const [hidesX, hidesY] = [overflowX, overflowY].map((value) => value === 'hidden' || value === 'clip');
      const scrolls = [overflowX, overflowY].some((value) => value === 'auto' || value === 'scroll');
      if ((beyondX && hidesX) || (beyondY && hidesY)) return `hidden by ${around.className}`;
      if (scrolls) box = frame;
    }
    const isOutside =
      box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
    return isOutside ? 'outside of the window' : undefined;
  };
  const hasCutWords = (element: Element) =>
    element.matches('.btn') &&
    [element, ...element.querySelectorAll('*')].some(
      (part) =>
        part instanceof HTMLElement && part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 1,
    );
  return (
    [...document.querySelectorAll('button, a[href], [role="tab"], [role="option"], [role="menuitem"]')]
      .filter((element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      // One of a pixel is for screen readers alone.
      .filter((element) => element.getBoundingClientRect().width > 2)
      .flatMap((element) => {
        const why = lost(element) ?? (hasCutWords(element) ? 'its words are cut' : undefined);
        return why ? [`${element.getAttribute('aria-label') ?? element.textContent}: ${why}`] : [];
      })
  );
}
