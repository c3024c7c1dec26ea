import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from './atomic-file';

const desktopProgram = z.object({ program: z.string(), args: z.array(z.string()) });
export type DesktopProgram = z.infer<typeof desktopProgram>;

const fileIn = (dataFolder: string) => join(dataFolder, 'window-program.json');

/** Kept by the window, so that the command line can bring it forward. */
export const writeDesktopProgram = (dataFolder: string, program: DesktopProgram): Promise<void> =>
  writeAtomically(fileIn(dataFolder), JSON.stringify(program));

/** The program that opened Gantry's window here last; null when none did, or it is not there any more. */
export async function readDesktopProgram(dataFolder: string): Promise<DesktopProgram | null> {
  try {
    const known = desktopProgram.parse(JSON.parse(await readFile(fileIn(dataFolder), 'utf8')));
    return existsSync(known.program) ? known : null;
  } catch {
    return null;
  }
}
