import { existsSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { ARCH } from '../../harness/vm';
import { expectAccessible } from '../accessibility';
import { expect, test } from '../fixtures';

const image = `out/guest/${ARCH}/welcome.tar`;
test.skip(!existsSync(image), `${image} is missing: \`npm run guest:build\` makes it`);

/** The next step, once the engine shows that this one is done. */
const goOn = (page: Page) => page.getByRole('button', { name: /^(?:Next|Finish)$/ });
const openLearn = (page: Page) => page.getByRole('link', { name: 'Learn', exact: true }).click();

test('a lesson is done in a terminal, left, and gone on with', async ({ page, engine }) => {
  await openLearn(page);
  await expectAccessible(page, 'The lessons');
  await page.getByRole('button', { name: 'Start: What is a container?' }).click();
  await expect(page.getByRole('button', { name: '1 check to go' })).toBeVisible();
  await expectAccessible(page, 'A lesson');
  // The command of the first step needs the image, which Gantry gives to an engine when it does a step itself.
  await page.getByRole('button', { name: 'Let Gantry do it' }).click();
  await goOn(page).click();
  await engine.cli(['stop', '--time', '1', 'lesson-web']);
  await goOn(page).click();
  await page.getByRole('button', { name: 'Leave, keep my place' }).click();
  await page.getByRole('button', { name: 'Continue: What is a container?' }).click();
  await expect(page.getByText('Step 3 of 4')).toBeVisible();
  await engine.cli(['start', 'lesson-web']);
  await goOn(page).click();
  await engine.cli(['rm', '--force', 'lesson-web']);
  await goOn(page).click();
  await expect(page.getByText('This lesson has left nothing')).toBeVisible();
});

test('Gantry can do every step of every lesson, and removes what they leave', async ({ page, engine }) => {
  // Some forty steps, each of them a container or two.
  test.setTimeout(300_000);
  const before = await engine.cli(['ps', '--all', '--quiet']);
  await openLearn(page);
  await expect(page.getByRole('list', { name: 'Lessons' })).toBeVisible();
  // The one about registries needs one: the internet.
  const names = await page.getByRole('button', { name: /^Start: (?!Finding)/ }).all();
  const titles = await Promise.all(names.map((name) => name.getAttribute('aria-label')));
  expect(titles).toHaveLength(10);
  for (const title of titles) {
    await page.getByRole('button', { name: title ?? '' }).click();
    const count = Number(/of (\d+)/.exec((await page.getByText(/^Step 1 of \d+$/).textContent()) ?? '')?.[1]);
    for (let step = 1; step <= count; step += 1) {
      await expect(page.getByText(`Step ${step} of ${count}`)).toBeVisible();
      const doIt = page.getByRole('button', { name: 'Let Gantry do it' });
      if (await doIt.isVisible()) await doIt.click();
      await goOn(page).click();
    }
    const remove = page.getByRole('button', { name: 'Remove what it left' });
    if (await remove.isVisible()) await remove.click();
    await expect(page.getByText('This lesson has left nothing')).toBeVisible();
    await page.getByRole('button', { name: 'All lessons' }).click();
  }
  await expect(page.getByText('10 of 11 lessons done')).toBeVisible();
  // Deletions wait eight seconds for somebody to undo them.
  await expect.poll(() => engine.cli(['ps', '--all', '--quiet'])).toBe(before);
});
