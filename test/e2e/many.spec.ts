import { createContainer } from '../harness/create';
import { startEngine, type TestEngine } from '../harness/engine';
import { fixtureImage, loadImage } from '../harness/images';
import { openWith } from './app';
import { expect, test } from './fixtures';

const count = 1000;
const nameOf = (index: number) => `many-${String(index).padStart(4, '0')}`;

async function createMany(engine: TestEngine): Promise<void> {
  const waiting = Array.from({ length: count }, (_, index) => nameOf(index));
  const work = async () => {
    for (let name = waiting.pop(); name; name = waiting.pop())
      await createContainer(engine, name, { Image: 'hello' });
  };
  await Promise.all(Array.from({ length: 8 }, work));
}

test('1,000 containers are listed, filtered, selected, sorted and scrolled through', async ({
  shell,
  home,
}) => {
  test.setTimeout(300_000);
  await using engine = await startEngine();
  await loadImage(engine, await fixtureImage('hello'), 'hello:latest');
  await createMany(engine);
  await using app = await openWith(shell, home, engine.host);
  const { page } = app;
  await page.getByRole('link', { name: 'Containers', exact: true }).click();
  const row = (index: number) => page.getByRole('row', { name: new RegExp(nameOf(index)) });
  await expect(row(0)).toBeVisible();
  await expect(page.getByText(/^1.?000 in total, 0 running$/)).toBeVisible();
  const list = page.getByRole('treegrid', { name: 'Containers' });
  // Only what is on screen is in the page.
  expect(await page.getByRole('row').count()).toBeLessThan(100);

  const filter = page.getByRole('searchbox', { name: 'Filter by name or image' });
  await filter.fill('many-05');
  await expect(list).toHaveAttribute('aria-rowcount', '102');
  await expect(row(500)).toBeVisible();
  await expect(row(0)).toHaveCount(0);
  await filter.fill('');
  await expect(row(0)).toBeVisible();

  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await expect(page.getByText(/^1.?000 selected$/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Start 1.?000$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  await expect(page.getByText(/^1.?000 selected$/)).toHaveCount(0);

  await page.getByRole('button', { name: 'Name' }).click();
  await expect(row(count - 1)).toBeVisible();
  await list.focus();
  await page.keyboard.press('End');
  await expect(row(0)).toBeInViewport();
  await list.evaluate((box) => box.scrollTo(0, 0));
  await expect(row(count - 1)).toBeInViewport();
  await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await expect(row(0)).toBeInViewport();
  await row(0).getByText(nameOf(0)).click();
  await expect(page.getByRole('heading', { name: nameOf(0), exact: true })).toBeVisible();
});
