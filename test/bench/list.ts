import { type Figure, figure } from './figure';
import { createContainers, engineWithHello, openGantry } from './stage';

const runs = 7;
const frames = 240;

/** 1,000 containers, created and not running: time from the data to the rows, time to filter, frames while scrolling. */
export async function list(): Promise<Record<string, Figure>> {
  await using engine = await engineWithHello();
  await createContainers(engine, 1000);
  await using app = await openGantry(engine.host);
  const { page } = app;
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  await page.getByRole('row', { name: /bench-0000/ }).waitFor();

  const shown: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await page.reload();
    await page.getByRole('row', { name: /bench-0000/ }).waitFor();
    shown.push(
      await page.evaluate(() => {
        const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
        return at('gantry:first-useful-paint') - at('gantry:data');
      }),
    );
  }

  const filtered: number[] = [];
  const field = page.getByRole('searchbox').first();
  for (let run = 0; run < runs; run += 1) {
    for (const [text, rows] of [
      [`bench-0${run}1`, 10],
      ['', 1000],
    ] as const) {
      const done = page.evaluate(
        (wanted) =>
          new Promise<number>((resolve) => {
            const grid = document.querySelector('[role=grid],[role=treegrid]');
            document.addEventListener(
              'input',
              () => {
                const began = performance.now();
                const observer = new MutationObserver(() => {
                  const count = Number(grid?.getAttribute('aria-rowcount')) - 1;
                  // A grouped list has a row more for its group.
                  if (count !== wanted && count !== wanted + 1) return;
                  observer.disconnect();
                  // The frame with the rows has been drawn when the next one begins.
                  requestAnimationFrame(() =>
                    requestAnimationFrame(() => resolve(performance.now() - began)),
                  );
                });
                if (grid) observer.observe(grid, { attributes: true });
              },
              { once: true, capture: true },
            );
          }),
        rows,
      );
      await field.fill(text);
      filtered.push(await done);
    }
  }

  const gaps = await page.evaluate(
    (count) =>
      new Promise<number[]>((resolve) => {
        const grid = document.querySelector('[role=grid],[role=treegrid]');
        const found: number[] = [];
        let last = performance.now();
        const step = () => {
          const now = performance.now();
          found.push(now - last);
          last = now;
          grid?.scrollBy(0, 120);
          if (found.length <= count) requestAnimationFrame(step);
          else resolve(found.slice(1));
        };
        requestAnimationFrame(step);
      }),
    frames,
  );
  const late = gaps.filter((gap) => gap > 50).length;
  return {
    'list-1000': figure('ms', shown, { note: 'from the data to the frame with its rows, after a reload' }),
    'filter-1000': figure('ms', filtered, { note: 'from the key to the frame with the right rows' }),
    'scroll-1000': figure('ms', gaps, { note: `per frame; ${late} of ${frames} frames over 50 ms` }),
  };
}
