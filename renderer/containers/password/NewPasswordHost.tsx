import { Suspense } from 'react';
import { lazyPart } from '../../shell/lazyPart';
import { useNewPassword } from './store';

const NewPasswordDialog = lazyPart(() => import('./NewPasswordDialog'));

/** The place of the dialog that shows a new password. */
export function NewPasswordHost() {
  const made = useNewPassword((state) => state.made);
  return <Suspense fallback={null}>{made && <NewPasswordDialog made={made} />}</Suspense>;
}
