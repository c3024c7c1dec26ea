import { type Figure, figure } from './figure';
import { memoryOf } from './processes';
import { engineWithHello, openGantry } from './stage';

const lines = 1_000_000;
const runs = 5;

/** Some 100 bytes a line, written as fast as busybox can. */
const script = `i=0; yes "GET /api/v1/orders?page=7 200 in 12 ms, from 10.0.0.17, agent Mozilla/5.0 (X11; Linux x86_64)" | head -n ${lines - 1}; echo "the needle in line ${lines}"; sleep 3600`;

/** A log of 1,000,000 lines: time to the newest page, search in what is loaded, memory with all of it open. */
export async function log(): Promise<Record<string, Figure>> {
  await using engine = await engineWithHello();
  await engine.cli(['run', '--detach', '--name', 'talker', '--entrypoint', '/bin/sh', 'hello', '-c', script]);
  while (!(await engine.cli(['logs', '--tail', '1', 'talker'])).includes('needle')) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const id = await engine.cli(['ps', '--quiet', '--no-trunc', '--filter', 'name=talker']);
  await using app = await openGantry(engine.host);
  const { page } = app;
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  await page.getByRole('row', { name: /talker/ }).waitFor();

  const newest: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    newest.push(
      await page.evaluate(
        (address) =>
          new Promise<number>((resolve) => {
            const began = performance.now();
            const check = () => {
              if (!document.querySelector('main')?.textContent?.includes('the needle in line')) return;
              observer.disconnect();
              requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
            };
            const observer = new MutationObserver(check);
            observer.observe(document.body, { childList: true, subtree: true, characterData: true });
            location.hash = address;
          }),
        `#/containers/${id}/logs`,
      ),
    );
    if (run < runs - 1) {
      await page.evaluate(() => {
        location.hash = '#/containers';
      });
      await page.getByRole('row', { name: /talker/ }).waitFor();
    }
  }

  await loadOlder(page);
  const searched: number[] = [];
  const field = page.getByRole('textbox', { name: 'Search the log' });
  for (const text of ['orders', 'needle', 'Mozilla', 'x86', 'agent']) {
    const done = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          document.addEventListener(
            'input',
            () => {
              const began = performance.now();
              const observer = new MutationObserver(() => {
                const said = [...document.querySelectorAll('main [role=status]')].map((it) => it.textContent);
                if (!said.some((words) => /^\d+\+? hits$/.test(words ?? ''))) return;
                observer.disconnect();
                requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
              });
              observer.observe(document.body, { childList: true, subtree: true, characterData: true });
            },
            { once: true, capture: true },
          );
        }),
    );
    await field.fill(text);
    searched.push(await done);
    await field.fill('');
    // The hits of this search must be gone before the next one is timed.
    await page.getByRole('main').locator('mark').first().waitFor({ state: 'detached' });
  }
  const memory = memoryOf(app.pid);
  return {
    'log-newest': figure('ms', newest, { note: 'from the click to the frame with the newest line' }),
    'log-search': figure('ms', searched, {
      note: 'over the 100,000 lines that are loaded, from the key to the frame with the number of hits',
    }),
    'log-memory': figure('MB', [memory], {
      note: 'PSS of all processes; 100,000 of 1,000,000 lines are loaded',
    }),
  };
}

/** Scrolls up until the ring of 100,000 lines is full. */
async function loadOlder(page: import('@playwright/test').Page): Promise<void> {
  const status = page.getByText(/^[\d,.\s]+ lines$/).first();
  for (;;) {
    const text = (await status.textContent()) ?? '';
    if (Number(text.replace(/\D/g, '')) >= 100_000) return;
    await page.evaluate(() => {
      const log = document.querySelector('[role=log]');
      if (log) log.scrollTop = 0;
    });
    await page.waitForTimeout(200);
  }
}
