import { Suspense } from 'react';
import { lazyPart } from '../shell/lazyPart';
import { useShortcut } from '../shell/shortcuts';
import { openRun, useRunDialog } from './store';

const RunDialog = lazyPart(() => import('./RunDialog'));

/** The place of the Run dialog in the window, and its key. */
export function RunHost() {
  const request = useRunDialog((state) => state.request);
  useShortcut({ keys: 'Ctrl N', label: 'Run a container', group: 'Everywhere' }, () => openRun());
  return <Suspense fallback={null}>{request && <RunDialog key={request.key} request={request} />}</Suspense>;
}
