import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The page as it stands has no serious or critical accessibility fault, in neither theme. */
export async function expectAccessible(page: Page, view: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Without its legacy mode axe opens a page of its own, which Electron does not allow.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // The themes differ in their colours alone.
    if (colorScheme === 'dark') axe.withRules('color-contrast');
    expect(await graveFaults(axe), `${view}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** In forced colours, as of a contrast theme, what is written on the page as it stands can be read. */
export async function expectReadableInForcedColours(page: Page, view: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active', reducedMotion: 'reduce' });
  const axe = new AxeBuilder({ page }).setLegacyMode().withRules(['color-contrast', 'link-in-text-block']);
  expect.soft(await graveFaults(axe), `${view}, in forced colours`).toEqual([]);
  await page.emulateMedia({ colorScheme: null, forcedColors: null, reducedMotion: null });
}

async function graveFaults(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`);
}
