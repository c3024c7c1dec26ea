import { appEnvironment, ROOT } from '../../harness/app';
import { run } from '../../harness/run';
import { expect, test } from '../fixtures';

test('`gantry open` brings the open window to the page', async ({ page, home }) => {
  const { PATH = '', DISPLAY = '', GANTRY_HOME = '' } = appEnvironment({ home });
  await run(process.execPath, [`${ROOT}/out/cli/gantry.js`, 'open', 'troubleshoot'], {
    env: { PATH, DISPLAY, GANTRY_HOME },
  });
  await expect(page.getByRole('heading', { name: 'Troubleshoot' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Troubleshoot' })).toHaveCount(0);
});
