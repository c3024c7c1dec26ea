import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import type { Settings } from '#contract';
import { openWith, whyNoShell } from '../e2e/app';
import { writeSettings } from '../harness/app';
import { startEngine, whyNoEngine } from '../harness/engine';
import { startRegistry } from '../harness/registry';
import { fillEngine, fillRegistry } from './content';
import { awayViews, emptyViews, firstViews, type View, views } from './views';

/** One way to look at a view. */
interface Mode {
  /** In the file's name. */
  name: string;
  size: { width: number; height: number };
  media: NonNullable<Parameters<Page['emulateMedia']>[0]>;
}

const large = { width: 1280, height: 800 };
const smallest = { width: 960, height: 640 };

const named = ({ width, height }: Mode['size']) => `${width}x${height}`;

const modes: Mode[] = [
  ...[large, smallest].flatMap((size) =>
    (['light', 'dark'] as const).map((colorScheme) => ({
      name: `${colorScheme}.${named(size)}`,
      size,
      media: { colorScheme },
    })),
  ),
  // At 200 % a window of 1280×800 has half as many of the page's pixels each way.
  { name: 'zoom-200', size: { width: 640, height: 400 }, media: { colorScheme: 'light' } },
  { name: 'forced-colours', size: large, media: { colorScheme: 'dark', forcedColors: 'active' } },
  { name: 'reduced-motion', size: large, media: { colorScheme: 'light', reducedMotion: 'reduce' } },
];

/** Without what the mode before had. */
const plain = { forcedColors: 'none', reducedMotion: 'no-preference' } as const;

/** What moves although the system asks for less motion. */
const moving = (page: Page) =>
  page.evaluate(() =>
    document.getAnimations().map((animation) => {
      const target = animation.effect instanceof KeyframeEffect ? animation.effect.target : null;
      return `${target?.tagName} ${target?.getAttribute('class')}`;
    }),
  );

async function photograph(page: Page, view: View, folder: string): Promise<void> {
  await page.setViewportSize(large);
  await page.emulateMedia(plain);
  await view.open(page);
  for (const { name, size, media } of modes) {
    await page.setViewportSize(size);
    await page.emulateMedia({ ...plain, ...media });
    // Until what follows the size or the theme by script is drawn.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(null)))),
    );
    const still = media.reducedMotion === 'reduce';
    const moves = still ? await moving(page) : [];
    await page.screenshot({
      path: join(folder, `${view.name}.${name}.png`),
      caret: 'initial',
      animations: still ? 'allow' : 'disabled',
    });
    if (moves.length > 0) throw new Error(`With reduced motion this moves: ${moves.join(', ')}`);
  }
}

/**
 * Pictures of the views as Gantry shows them on an engine.
 * @param settings null for a newcomer
 * @param happen what another client does meanwhile, for the list of what happened
 * @returns what could not be photographed
 */
async function photographAll(
  wanted: View[],
  host: string,
  folder: string,
  settings: Partial<Settings> | null,
  happen?: () => Promise<unknown>,
): Promise<string[]> {
  const home = await mkdtemp(join(tmpdir(), 'gantry-screenshots-'));
  if (settings) writeSettings(home, settings);
  const failed: string[] = [];
  try {
    await using app = await openWith('browser', home, host);
    await app.page.getByRole('main').waitFor();
    await happen?.();
    for (const view of wanted) {
      try {
        await photograph(app.page, view, folder);
        console.log(view.name);
      } catch (error) {
        failed.push(`${view.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
  return failed;
}

/**
 * `npm run screenshots [-- FOLDER]`: every view in each mode: both themes, large and in the smallest window, and one each
 * at 200 % zoom, in forced colours and with reduced motion.
 */
export async function main([target = 'screenshots']: string[]): Promise<void> {
  const why = whyNoShell('browser') ?? whyNoEngine();
  if (why) throw new Error(`No screenshots: ${why}`);
  const folder = resolve(target);
  await mkdir(folder, { recursive: true });
  await using engine = await startEngine();
  await using registry = await startRegistry();
  await using empty = await startEngine();
  await fillEngine(engine);
  await fillRegistry(registry);
  const settings = {
    registries: [{ host: registry.host, name: 'Company registry', insecure: true }],
    hiddenSources: ['hub', 'quay'],
  };
  const failed = [
    ...(await photographAll(views, engine.host, folder, settings, async () => {
      await engine.cli(['restart', 'blog-web-1']);
      await engine.cli(['tag', 'shop/web:2.4.1', 'shop/web:stable']);
      await engine.cli(['start', 'import-job']);
    })),
    ...(await photographAll(emptyViews, empty.host, folder, {})),
    ...(await photographAll(firstViews, empty.host, folder, null)),
    ...(await photographAll(awayViews, `unix://${folder}/no-engine.sock`, folder, {})),
  ];
  console.log(`The screenshots are in ${folder}`);
  if (failed.length > 0) throw new Error(`Not photographed:\n${failed.join('\n')}`);
}
