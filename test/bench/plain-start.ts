import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import { z } from 'zod';
import { appEnvironment, electronRuntime, ROOT } from '../harness/app';

const targets = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string() }));
const answer = z.object({ result: z.object({ result: z.object({ value: z.unknown() }) }) });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function pageOf(port: string): Promise<string> {
  for (;;) {
    const open = targets.parse(await (await fetch(`http://127.0.0.1:${port}/json/list`)).json());
    const page = open.find(({ type, url }) => type === 'page' && url.startsWith('app:'));
    if (page) return page.webSocketDebuggerUrl;
    await pause(50);
  }
}

/** What an expression gives in the page; undefined when the page was not ready for it. */
async function valueIn(page: string, expression: string): Promise<unknown> {
  const socket = new WebSocket(page);
  await once(socket, 'open');
  socket.send(
    JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, returnByValue: true } }),
  );
  const [message] = await once(socket, 'message');
  socket.close();
  const said = answer.safeParse(JSON.parse(String(message)));
  return said.success ? said.data.result.result.value : undefined;
}

const paintedAt = `(() => {
  const [mark] = performance.getEntriesByName('gantry:first-useful-paint');
  return mark && performance.timeOrigin + mark.startTime;
})()`;

/**
 * Starts Gantry in Electron as a person does, and ends it. Playwright is no help here: it keeps Electron from
 * getting ready until it is connected itself.
 * @param home its GANTRY_HOME
 * @returns ms from the process's start to the first frame that shows the engine's objects
 */
export async function timeToFirstPaint(home: string, dockerHost: string): Promise<number> {
  const runtime = electronRuntime();
  if ('why' in runtime) throw new Error(runtime.why);
  const asRoot = process.getuid?.() === 0;
  const began = performance.timeOrigin + performance.now();
  const app = spawn(
    runtime.executable,
    [...(asRoot ? ['--no-sandbox'] : []), '--remote-debugging-port=0', '.'],
    { cwd: ROOT, env: appEnvironment({ home, dockerHost }), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = once(app, 'exit');
  try {
    const port = await new Promise<string>((resolve, reject) => {
      app.once('error', reject);
      app.once('exit', () => reject(new Error('Electron ended before it had a window')));
      createInterface({ input: app.stderr }).on('line', (line) => {
        const said = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1];
        if (said) resolve(said);
      });
    });
    const page = await pageOf(port);
    for (;;) {
      const at = await valueIn(page, paintedAt);
      if (typeof at === 'number') return at - began;
      // The time stands in the mark; asking seldom leaves the page in peace.
      await pause(100);
    }
  } finally {
    app.kill();
    await ended;
  }
}
