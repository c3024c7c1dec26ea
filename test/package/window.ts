import { on, once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';

const LIMIT_MS = 60_000;

const target = z.object({
  targetInfo: z.object({ targetId: z.string(), type: z.string(), url: z.string() }),
});
const message = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});
const attached = z.object({ sessionId: z.string() });
const evaluated = z.object({ result: z.object({ value: z.string() }) });

/**
 * Waits in the page of an installed Gantry until its engine is named, and gives that name. By Chromium's debugging
 * protocol itself: Playwright, which holds back each page that it finds, may wait for ever for one that is just being
 * opened, and its own way into Electron (`--inspect`) is closed by a fuse.
 * @param address of the protocol, as the program prints it
 * @throws Error when the page or the engine does not come
 */
export async function connectedEngine(address: string): Promise<string> {
  const socket = new WebSocket(address);
  const limit = setTimeout(() => socket.terminate(), LIMIT_MS);
  try {
    await once(socket, 'open');
    return await Promise.race([
      engineIn(socket),
      once(socket, 'close').then(() => {
        throw new Error('The window shows no connected engine');
      }),
    ]);
  } finally {
    clearTimeout(limit);
    socket.close();
  }
}

async function engineIn(socket: WebSocket): Promise<string> {
  let last = 0;
  const call = async (method: string, params: object, sessionId?: string): Promise<unknown> => {
    last += 1;
    const id = last;
    socket.send(JSON.stringify({ id, method, params, sessionId }));
    for await (const answer of messages(socket)) {
      if (answer.id !== id) continue;
      if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
      return answer.result;
    }
    throw new Error(`${method}: no answer`);
  };
  const [targetId] = await Promise.all([
    pageOf(socket),
    call('Target.setDiscoverTargets', { discover: true }),
  ]);
  const { sessionId } = attached.parse(await call('Target.attachToTarget', { targetId, flatten: true }));
  // The page is told of before anything can run in it.
  await Promise.all([contextIn(socket), call('Runtime.enable', {}, sessionId)]);
  const answer = await call(
    'Runtime.evaluate',
    { expression: `(${inPage})()`, awaitPromise: true, returnByValue: true },
    sessionId,
  );
  return evaluated.parse(answer).result.value;
}

async function* messages(socket: WebSocket): AsyncGenerator<z.infer<typeof message>> {
  for await (const [data] of on(socket, 'message')) yield message.parse(JSON.parse(String(data)));
}

/** Resolves when the page has a place where programs run; told again to each who enables that. */
async function contextIn(socket: WebSocket): Promise<void> {
  for await (const { method } of messages(socket)) if (method === 'Runtime.executionContextCreated') return;
  throw new Error('Nothing can run in the page');
}

/** Resolves with the id of Gantry's page, as soon as it is there. */
async function pageOf(socket: WebSocket): Promise<string> {
  for await (const { params } of messages(socket)) {
    const found = target.safeParse(params).data?.targetInfo;
    if (found?.type === 'page' && found.url.startsWith('app://gantry')) return found.targetId;
  }
  throw new Error('There is no page');
}

/** Runs in the page. */
const inPage = (): Promise<string> =>
  new Promise((resolve) => {
    const look = () => {
      const name = document.querySelector('button[aria-label^="Engine: "]')?.textContent ?? '';
      if (/Engine \d/.test(name)) resolve(name);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    look();
  });
