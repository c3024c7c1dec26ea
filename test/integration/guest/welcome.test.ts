import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { welcomeImage } from '#contract/images';
import { buildWelcomeImage } from '#guest/welcome/image';
import { LINKS } from '#guest/welcome/links';
import { expectAccessible } from '../../e2e/accessibility';
import { startEngine, type TestEngine } from '../../harness/engine';
import { staticBusybox } from '../../harness/images';
import { findProgram, run } from '../../harness/run';
import { describeWithEngine } from '../../harness/shared';

const ARCH = process.arch === 'arm64' ? 'arm64' : 'amd64';
const sha256 = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

describeWithEngine('the welcome image', () => {
  let engine: TestEngine;
  let folder: string;
  let image: string;
  let id: string;
  let url: string;
  beforeAll(async () => {
    engine = await startEngine();
    folder = await mkdtemp(join(tmpdir(), 'gantry-welcome-'));
    image = join(folder, 'welcome.tar');
    ({ id } = await buildWelcomeImage({ busybox: staticBusybox().path, out: image, arch: ARCH }));
    await engine.cli(['load', '--input', image]);
    await engine.cli(['run', '-d', '--name', 'welcome', '-p', '127.0.0.1:0:80', welcomeImage]);
    url = `http://${await engine.cli(['port', 'welcome', '80/tcp'])}`;
    await vi.waitFor(() => fetch(url), { timeout: 30_000, interval: 100 });
  });
  afterAll(async () => {
    await engine.stop();
    await rm(folder, { recursive: true });
  });

  it('is the same for the same inputs, and small', async () => {
    const again = join(folder, 'again.tar');
    await buildWelcomeImage({ busybox: staticBusybox().path, out: again, arch: ARCH });
    expect(await sha256(again)).toBe(await sha256(image));
    // The page says 2 MB.
    expect(Math.round((await stat(image)).size / 1_000_000)).toBe(2);
  });

  it('is known to the engine by its id, with labels and its port', async () => {
    const format =
      '{{.Id}} {{json .Config.ExposedPorts}} {{index .Config.Labels "org.opencontainers.image.title"}}';
    expect(await engine.cli(['image', 'inspect', '--format', format, welcomeImage])).toBe(
      `${id} {"80/tcp":{}} Welcome to Gantry`,
    );
  });

  it('answers with its page, which names the container and is never kept in a cache', async () => {
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const container = await engine.cli(['inspect', '--format', '{{.Config.Hostname}}', 'welcome']);
    expect(await answer.text()).toContain(`<code>${container}</code>`);
  });

  it('answers HEAD without the page', async () => {
    const answer = await fetch(url, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });

  it.each(['/nothing', '/nothing/', '/srv/page.html', '/..%2f..%2fetc/passwd', '/cgi-bin/nothing'])(
    'says that there is nothing at %s',
    async (path) => {
      const answer = await fetch(`${url}${path}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('Nothing at this address.');
      expect((await fetch(`${url}${path}`, { method: 'HEAD' })).status).toBe(404);
    },
  );

  it('takes no other methods', async () => {
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('writes each visit into its log', async () => {
    await fetch(`${url}/?visit`);
    // httpd's own lines and the page's are on standard error.
    const env = { PATH: process.env.PATH, DOCKER_HOST: engine.host };
    await vi.waitFor(async () => {
      const log = (await run('sh', ['-c', 'docker logs welcome 2>&1'], { env })).toString();
      expect(log).toContain('listens on port 80');
      expect(log).toMatch(/^GET \/\?visit from \d/m);
    });
  });

  it('serves as an ordinary user', async () => {
    const users = await engine.cli(['exec', 'welcome', 'ps', '-o', 'user,args']);
    expect(users).toMatch(/^nobody\s+httpd/m);
  });

  it('has every command that it names', async () => {
    const known = (await engine.cli(['exec', 'welcome', 'busybox', '--list'])).split('\n');
    expect(LINKS.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('is accessible, fits a narrow window and asks for nothing from elsewhere', async (test) => {
    const program = findProgram('chromium', 'chromium-browser', 'google-chrome');
    if (!program) return test.skip('no Chromium here');
    const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      const errors: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => errors.push(message.text()));
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(url);
      expect(await page.locator('.command').textContent()).toBe(
        `docker run --detach --publish ${new URL(url).port}:80 gantry/welcome`,
      );
      await expectAccessible(page, 'welcome page');
      for (const width of [320, 600, 960]) {
        await page.setViewportSize({ width, height: 700 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      }
      await page.goto(`${url}/nothing`);
      await expectAccessible(page, 'page for an unknown address');
      expect(asked.filter((address) => !address.startsWith(url) && !address.startsWith('data:'))).toEqual([]);
      expect(errors.filter((text) => !text.includes('404'))).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it('stops at once, without an error', async () => {
    await engine.cli(['stop', 'welcome']);
    expect(await engine.cli(['inspect', '--format', '{{.State.ExitCode}}', 'welcome'])).toBe('0');
  });
});
