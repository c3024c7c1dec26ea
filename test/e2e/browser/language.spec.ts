import { readFileSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { z } from 'zod';
import { ROOT, serveApp } from '../../harness/app';
import { buildPseudo, PSEUDO } from '../../harness/pseudo-language';
import { browserProgram } from '../app';
import { expect, test } from '../fixtures';
import { oneOfEach } from '../one-of-each';

const PAGES = ['home', 'containers', 'images', 'volumes', 'networks', 'discover', 'learn'];
const SECTIONS = [
  'general',
  'resources',
  'engine',
  'file-sharing',
  'network',
  'registries',
  'appearance',
  'keyboard',
  'privacy',
  'advanced',
].map((section) => `settings/${section}`);

/** What rightly stays as it is, with the reason. */
const PLAIN: Record<string, RegExp> = {
  'proper names': /\b(?:Docker(?: Hub)?|Quay|Gantry)\b/g,
  'figures with their units': /\b(?:[\d.]+ )?[kMG]?B\b|^(?:px|min)$/g,
  'said by React Aria in the languages that it has': /^(?:Increase|Decrease|\d+ gigabytes?)$/g,
  'abbreviations that are the same everywhere': /\b(?:CPU|UTC|linux\/\w+)\b/g,
  'fixture images, and the letters that stand for a registry':
    /^(?:do|qu)$|\b(?:hello|chatty|noshell|failing|layers)(?::latest)?\b|^latest$/g,
  'networks that each engine has': /\b(?:bridge|host|none|null)\b/g,
  'addresses and paths': /(?:[a-z]+:)?\/\/?\S+|\blocalhost:\d+|\b[\w.-]+\.(?:io|com)\b|\b[\w.-]+\/[\w.:/-]+/g,
  'versions of programs': /(?:\b[\w-]+ )?\b\d+\.\d+\.[\w.+~-]+/g,
  'lists, which Intl writes': / and /g,
  'a warning of the engine': /IPv[46] forwarding is disabled/g,
};

const catalogue = z
  .array(z.object({ name: z.string(), reference: z.string() }))
  .parse(JSON.parse(readFileSync(`${ROOT}assets/catalogue.json`, 'utf8')));

/** Images of the catalogue, and the letters that stand for their icon. */
const ofImages = new Set(catalogue.flatMap(({ name }) => [name, name.slice(0, 2).toLowerCase()]));

/** What is said without the names and the like in it. */
const ownWords = (text: string): string => {
  const bare = text
    .replace(/~+/g, '')
    .replace(/^Řúñ (.*)…$/, '$1')
    .trim();
  if (ofImages.has(bare)) return '';
  return Object.values(PLAIN).reduce((left, plain) => left.replace(plain, ''), text);
};

/** What a person or a screen reader is told and what has plain English words in it, but for names and code. */
async function plainTexts(page: Page, name: string): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const said: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const within = walker.currentNode.parentElement;
      if (!within?.closest('code, pre, kbd, .mono')) said.push(walker.currentNode.textContent ?? '');
    }
    for (const attribute of ['aria-label', 'aria-description', 'aria-valuetext', 'title'])
      for (const element of document.querySelectorAll(`[${attribute}]`))
        said.push(element.getAttribute(attribute) ?? '');
    return said;
  });
  return [...new Set(texts)].filter((text) =>
    /(?<!\p{L})[A-Za-z]{2,}(?!\p{L})/u.test(ownWords(text.replaceAll(name, '').trim())),
  );
}

test('in another language no page has a plain English sentence left', async ({ engine, home }, testInfo) => {
  const program = await buildPseudo(testInfo.outputPath());
  await using objects = await oneOfEach(engine);
  const { name } = objects;
  const env = { LANG: `${PSEUDO.replace('-', '_')}.UTF-8` };
  await using server = await serveApp({ home, dockerHost: engine.host, program, env });
  await using browser = await chromium.launch({ executablePath: browserProgram() });
  const page = await browser.newPage({ locale: PSEUDO });
  await page.goto(server.url);
  await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', PSEUDO);
  const id = (await engine.cli(['inspect', '--format', '{{.Id}}', name])).trim();
  for (const place of [...PAGES, `containers/${id}`, `volumes/${name}`, ...SECTIONS]) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/${place}`);
    await expect(page.getByRole('heading', { name: /~/ }).first()).toBeVisible();
    // What the page asks the backend for comes a little later.
    await page.waitForTimeout(100);
    expect.soft(await plainTexts(page, name), place).toEqual([]);
  }
});
