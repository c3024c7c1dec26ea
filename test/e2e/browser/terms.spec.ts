import { expect, test } from '../fixtures';

test('an explanation opens by key, stays away once dismissed, and comes back in Settings', async ({
  page,
}) => {
  await page.keyboard.press('Control+3');
  const question = page.getByRole('button', { name: 'What is an image?' });
  await question.focus();
  await page.keyboard.press('Enter');
  const explanation = page.getByRole('dialog', { name: 'What is an image?' });
  await expect(explanation).toContainText('template');
  await page.keyboard.press('Escape');
  await expect(explanation).toHaveCount(0);
  await expect(question).toBeFocused();

  await page.keyboard.press('Enter');
  await explanation.getByRole('button', { name: 'Don’t explain this again' }).click();
  await expect(question).toHaveCount(0);
  await expect(page.getByRole('main')).toBeFocused();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Images', exact: true })).toBeVisible();
  await expect(question).toHaveCount(0);

  await page.keyboard.press('Control+,');
  await page.getByRole('link', { name: 'Appearance' }).click();
  await page.getByRole('button', { name: 'Show all again' }).click();
  await page.keyboard.press('Control+3');
  await question.click();
  await explanation.getByRole('button', { name: 'Open the lesson' }).click();
  await expect(page.getByRole('heading', { name: 'Images and layers' })).toBeVisible();
});
