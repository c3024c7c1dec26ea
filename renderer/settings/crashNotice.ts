import type { CrashedPart } from '#contract';
import { showToast } from '#ui/toasts';
import { client } from '../data/client';
import { showProblem } from '../data/problems';
import { useBackendLink } from '../data/transport';
import { navigate } from '../shell/router';

const titles: Record<CrashedPart, string> = {
  page: 'Gantry’s page crashed and was opened again',
  backend: 'Gantry’s background process crashed and was started again',
  main: 'Gantry crashed and was started again',
};

/** Tells of each crash once: when the page has begun anew, and when the backend has. Called once. */
export function tellOfCrashes(): void {
  useBackendLink.subscribe(({ status }, before) => {
    if (status === 'open' && before.status !== 'open') client.diagnostics.newCrash().then(tell, showProblem);
  });
}

function tell(crash: { part: CrashedPart } | null): void {
  if (!crash) return;
  showToast({
    kind: 'error',
    title: titles[crash.part],
    text: 'Your containers are not affected. What is known of it was written down on this computer and is sent to nobody.',
    key: 'crash',
    actions: [
      { label: 'Show the report', onPress: () => navigate({ page: 'settings', section: 'troubleshoot' }) },
    ],
  });
}
