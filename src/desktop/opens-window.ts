import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/mini';

const file = z.object({ settings: z.object({ openWindow: z.boolean() }) });

/** Whether a start opens the window. Read here, as the window does not wait for the backend. */
export function opensWindow(dataFolder: string): boolean {
  try {
    return file.parse(JSON.parse(readFileSync(join(dataFolder, 'settings.json'), 'utf8'))).settings
      .openWindow;
  } catch {
    return true; // The first start, or settings from before this one.
  }
}
