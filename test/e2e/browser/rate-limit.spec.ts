import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '../fixtures';

/** Seconds that the registry asks for: enough to press the button meanwhile. */
const pause = 5;

/** Stands before a registry that has no limit of its own: refuses every download, and lets all pass once it may. */
async function startLimit(registry: string) {
  const limit = { refused: 0, until: Number.POSITIVE_INFINITY, passed: [] as number[] };
  const server = createServer(({ url = '' }, response) => {
    if (url === '/v2/') response.writeHead(200).end('{}');
    else if (Date.now() >= limit.until) {
      limit.passed.push(Date.now());
      response.writeHead(307, { location: registry + url }).end();
    } else {
      limit.refused += 1;
      limit.until = Math.min(limit.until, Date.now() + pause * 1000);
      const errors = [{ code: 'TOOMANYREQUESTS', message: 'You have reached your pull rate limit.' }];
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': String(pause) })
        .end(JSON.stringify({ errors }));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    limit,
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a run whose image a registry refuses for now waits until the time on its button', async ({
  page,
  engine,
  registry,
}) => {
  await using stand = await startLimit(registry.url);
  const { limit } = stand;
  const image = `${stand.host}/team/hello:1.0`;
  await page.keyboard.press('Control+n');
  await page.getByRole('combobox', { name: 'Image' }).fill(image);
  await page.keyboard.press('Control+Enter');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('patient');
  await page.keyboard.press('Control+Enter');

  const dialog = page.getByRole('dialog', { name: `Run ${image}` });
  const again = dialog.getByRole('alert').getByRole('button', { name: /^Try again at \d\d:\d\d$/ });
  await expect(again).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Add a sign-in' })).toBeVisible();
  await expect(name).toHaveValue('patient');
  const { refused } = limit;
  const time = (await again.textContent())?.slice('Try again at '.length);
  await again.click();
  await expect(dialog.getByRole('status', { name: 'Run patient' })).toHaveText(
    new RegExp(`^Waiting until ${time}`),
  );
  expect(limit.refused, 'nobody is asked while it waits').toBe(refused);
  await expect(page.getByText('patient runs')).toBeVisible();
  expect(limit.refused, 'it did not come too early').toBe(refused);
  expect(limit.passed.length).toBeGreaterThan(0);
  await engine.cli(['rm', '--force', 'patient']);
  await engine.cli(['rmi', image]);
});
