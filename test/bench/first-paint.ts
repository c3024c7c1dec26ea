import { type Figure, figure } from './figure';
import { createContainers, engineWithHello, openGantry } from './stage';

const runs = 7;

/** From the start of Electron's process to the first frame that shows the engine's objects. */
export async function firstPaint(): Promise<Record<string, Figure>> {
  await using engine = await engineWithHello();
  await createContainers(engine, 20);
  const values: number[] = [];
  // The first start fills the caches of the disk and of V8.
  for (let run = -1; run < runs; run += 1) {
    const began = performance.timeOrigin + performance.now();
    await using app = await openGantry(engine.host);
    const painted = await app.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const find = () => {
            const [mark] = performance.getEntriesByName('gantry:first-useful-paint');
            if (mark) resolve(performance.timeOrigin + mark.startTime);
            else requestAnimationFrame(find);
          };
          find();
        }),
    );
    if (run >= 0) values.push(painted - began);
  }
  return { 'first-paint': figure('ms', values, { note: '20 containers; each start with an empty home' }) };
}
