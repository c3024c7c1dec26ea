import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { TestEngine } from '../harness/engine';
import { type Figure, figure, spread } from './figure';
import { createContainers, engineWithHello, openGantry } from './stage';

const runs = 40;
const present = 1000;

const event = z.object({
  Action: z.string(),
  timeNano: z.number(),
  Actor: z.object({ Attributes: z.object({ name: z.string() }) }),
});

/** When each rename happened for the engine, and when `docker events` printed it; by the new name, in ms. */
function followEvents(engine: TestEngine) {
  const happened = new Map<string, number>();
  const printed = new Map<string, number>();
  const child = spawn('docker', ['events', '--format', '{{json .}}', '--filter', 'event=rename'], {
    env: { PATH: process.env.PATH, DOCKER_HOST: engine.host, DOCKER_CONFIG: engine.configFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const at = performance.timeOrigin + performance.now();
    const { timeNano, Actor } = event.parse(JSON.parse(line));
    happened.set(Actor.Attributes.name, timeNano / 1e6);
    printed.set(Actor.Attributes.name, at);
  });
  return { happened, printed, stop: () => child.kill() };
}

/**
 * From a container's rename, by another client, to the frame in which its row shows the new name, with 1,000
 * containers present. Beside it, when `docker events` prints the same event.
 */
export async function eventToView(): Promise<Record<string, Figure>> {
  await using engine = await engineWithHello();
  await createContainers(engine, present);
  const events = followEvents(engine);
  try {
    await using app = await openGantry(engine.host);
    const { page } = app;
    await page.getByRole('link', { name: 'Containers', exact: true }).click();
    await page.getByRole('row', { name: /bench-0000/ }).waitFor();
    const seen: number[] = [];
    const printed: number[] = [];
    let name = 'bench-0000';
    for (let run = 0; run < runs; run += 1) {
      const next = `bench-0000-${run}`;
      // Watched before it happens; the answer is fetched after.
      const shown = await page.evaluateHandle(
        (wanted) => ({
          at: new Promise<number>((resolve) => {
            const check = () => {
              const there = [...document.querySelectorAll('[role=row]')].some((row) =>
                row.textContent?.includes(wanted),
              );
              if (!there) return;
              observer.disconnect();
              // The frame with the change has been drawn when the next one begins.
              requestAnimationFrame(() =>
                requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())),
              );
            };
            const observer = new MutationObserver(check);
            observer.observe(document.body, { childList: true, subtree: true, characterData: true });
          }),
        }),
        next,
      );
      await engine.cli(['rename', name, next]);
      const at = await shown.evaluate((watch) => watch.at);
      const began = events.happened.get(next);
      const told = events.printed.get(next);
      if (began === undefined || told === undefined) throw new Error('docker events did not tell the rename');
      seen.push(at - began);
      printed.push(told - began);
      name = next;
    }
    return {
      'event-to-view': figure('ms', seen, {
        beside: { 'docker events prints it after': spread(printed) },
        note: `${present} containers present; to the frame after the change`,
      }),
    };
  } finally {
    events.stop();
  }
}
