import type { Page } from '@playwright/test';
import { expect } from './fixtures';

/** Opens a section of the settings, as a person does. */
export async function openSection(page: Page, section: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page
    .getByRole('navigation', { name: 'Settings' })
    .getByRole('link', { name: section, exact: true })
    .click();
  await expect(page.getByRole('heading', { name: section, exact: true })).toBeVisible();
}
