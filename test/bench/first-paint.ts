import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, figure } from './figure';
import { timeToFirstPaint } from './plain-start';
import { createContainers, engineWithHello } from './stage';

const runs = 9;

/** From the start of Electron's process to the first frame that shows the engine's objects. */
export async function firstPaint(): Promise<Record<string, Figure>> {
  await using engine = await engineWithHello();
  await createContainers(engine, 20);
  const values: number[] = [];
  // The first start fills the caches of the disk.
  for (let run = -1; run < runs; run += 1) {
    const home = await mkdtemp(join(tmpdir(), 'gantry-bench-'));
    const value = await timeToFirstPaint(home, engine.host);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
    if (run >= 0) values.push(value);
  }
  return { 'first-paint': figure('ms', values, { note: '20 containers; each start with an empty home' }) };
}
