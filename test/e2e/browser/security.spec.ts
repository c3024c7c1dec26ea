import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '../fixtures';

test('keeps the cookie from scripts and the token out of the address', async ({ page }) => {
  await expect(page.getByRole('link', { name: 'Containers', exact: true })).toBeVisible();
  expect(page.url()).not.toContain('token');
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const cookies = await page.context().cookies();
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict', domain: '127.0.0.1' }]);
  // Another browser has no cookie.
  const stranger = await page.context().browser()?.newContext();
  const answer = await (await stranger?.newPage())?.goto(page.url());
  expect(answer?.status()).toBe(401);
  await stranger?.close();
});

test('answers no page from elsewhere, though it is in the same browser', async ({ page }) => {
  await expect(page.getByRole('link', { name: 'Containers', exact: true })).toBeVisible();
  const { origin } = new URL(page.url());
  const web = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<title>Elsewhere</title>');
  });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  const other = await page.context().newPage();
  for (const name of ['127.0.0.1', 'localhost']) {
    await other.goto(`http://${name}:${(web.address() as AddressInfo).port}/`);
    const outcome = await other.evaluate(async (target) => {
      const frame = document.createElement('iframe');
      frame.src = target;
      const framed = new Promise<string>((resolve) => {
        frame.onload = () => {
          try {
            resolve(frame.contentDocument ? 'own document' : 'refused');
          } catch {
            resolve('refused');
          }
        };
      });
      document.body.append(frame);
      return {
        socket: await new Promise<string>((resolve) => {
          const socket = new WebSocket(`${target.replace('http', 'ws')}/rpc`);
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('refused');
        }),
        fetched: await fetch(`${target}/`, { credentials: 'include' }).then(
          () => 'read',
          () => 'refused',
        ),
        framed: await framed,
      };
    }, origin);
    expect(outcome).toEqual({ socket: 'refused', fetched: 'refused', framed: 'refused' });
  }
  web.close();
});
