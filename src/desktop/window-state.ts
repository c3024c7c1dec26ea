import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod/mini';
import { writeAtomically } from '#backend/atomic-file';

const bounds = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const saved = z.object({ bounds, maximized: z.boolean() });
export type WindowState = z.infer<typeof saved>;

/** How much of the window must lie on a screen for it to be put back where it was, in pixels. */
const visiblePart = 100;

const overlap = (a: Rectangle, b: Rectangle) => ({
  width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
  height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
});

/** Where the window was, unless that screen is gone or the file says nothing sensible. */
export function readWindowState(folder: string, screens: Rectangle[]): WindowState | null {
  try {
    const state = saved.parse(JSON.parse(readFileSync(join(folder, 'window.json'), 'utf8')));
    const visible = screens.some((screen) => {
      const part = overlap(state.bounds, screen);
      return part.width >= visiblePart && part.height >= visiblePart;
    });
    return visible ? state : null;
  } catch {
    return null; // The first start, or a file of another kind: the default place is as good.
  }
}

/** Remembers the place of a window that is about to close. */
export async function writeWindowState(folder: string, window: BrowserWindow): Promise<void> {
  const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
  await writeAtomically(join(folder, 'window.json'), JSON.stringify(state));
}
