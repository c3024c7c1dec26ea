import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ProblemError } from '#contract/problem';
import { readManifest } from './image';

/** Where a copy of the source has its recipe, seen from the folder of the image (`out/guest/<arch>`). */
const sourceOf = (folder: string) => resolve(folder, '../../..');
const recipe = 'src/guest/build.ts';
const lastLines = 40;

/** Whether this is a copy of the source, which can make the image itself. An installed Gantry brings it along. */
export const canBuildImage = (folder: string): boolean =>
  existsSync(join(sourceOf(folder), recipe)) && existsSync(join(sourceOf(folder), 'scripts/run.mjs'));

/** The recipe's lines begin with the time: "0.7 s asking the mirror for its packages". */
function inWords(line: string): string {
  const words = line.replace(/^\s*[\d.]+ s\s+/, '');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** In a copy of the source there is no image at first, and everything to make it. @throws ProblemError */
export async function makeImage(
  folder: string,
  signal: AbortSignal,
  report: (line: string) => void,
): Promise<void> {
  if ((await readManifest(folder)) || !canBuildImage(folder)) return;
  await buildImage(folder, signal, report);
}

/**
 * Makes the image by its recipe, which takes minutes. @param report each line that it prints
 * @throws ProblemError `vm-image-build-failed` with its last lines
 */
async function buildImage(
  folder: string,
  signal: AbortSignal,
  report: (line: string) => void,
): Promise<void> {
  const building = spawn(process.execPath, ['scripts/run.mjs', recipe], {
    cwd: sourceOf(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    signal,
  });
  const lines: string[] = [];
  for (const output of [building.stdout, building.stderr]) {
    createInterface({ input: output }).on('line', (line) => {
      lines.push(line);
      report(inWords(line));
    });
  }
  const [code] = await once(building, 'close');
  if (code === 0) return;
  throw new ProblemError({
    code: 'vm-image-build-failed',
    title: 'The image of the virtual machine could not be made',
    explanation: 'Its recipe (npm run guest:build) ended with an error. Its last lines are below.',
    actions: [{ kind: 'call', label: 'Try again', procedure: 'vm.start' }],
    detail: lines.slice(-lastLines).join('\n'),
  });
}
