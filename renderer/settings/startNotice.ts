import { showToast } from '#ui/toasts';
import { client } from '../data/client';
import { showProblem } from '../data/problems';
import { navigate } from '../shell/router';

/** Tells what went wrong when Gantry started, such as settings that could not be read. Called once. */
export function tellStartNotice(): void {
  client.app.info().then(({ notice }) => {
    if (notice === null) return;
    showToast({
      kind: 'error',
      title: 'Gantry started with default settings',
      text: notice,
      actions: [{ label: 'Open settings', onPress: () => navigate({ page: 'settings' }) }],
    });
  }, showProblem);
}
