import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Registry } from '#contract';
import { Button } from '#ui/Button';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { showToast } from '#ui/toasts';
import { api } from '../../data/client';
import { FormProblem } from './FormProblem';
import { noSignIn, SignInFields } from './SignInFields';
import { useRegistriesChanged } from './useRegistries';
import { signInWords } from './words';

/** Asks for a name and a password, and keeps them only when the registry has taken them. */
export function SignInDialog({ registry, onClose }: { registry: Registry; onClose: () => void }) {
  const [signIn, setSignIn] = useState(noSignIn);
  const [tried, setTried] = useState(false);
  const changed = useRegistriesChanged();
  const send = useMutation({
    ...api.discover.signIn.mutationOptions(),
    onSuccess: async (kept) => {
      onClose();
      showToast({
        kind: 'success',
        title: `Signed in to ${registry.name}`,
        text: signInWords(kept) ?? undefined,
      });
      await changed();
    },
  });
  function confirm() {
    setTried(true);
    const username = signIn.username.trim();
    if (username === '' || signIn.password === '' || send.isPending) return;
    send.mutate({ host: registry.host, credentials: { username, password: signIn.password } });
  }
  return (
    <Dialog
      title={`Sign in to ${registry.name}`}
      subtitle={registry.host}
      onClose={onClose}
      onConfirm={confirm}
      footer={
        <DialogButtons>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" busy={send.isPending} onPress={confirm}>
            Sign in
          </Button>
        </DialogButtons>
      }
    >
      <form
        className="px-5 pt-3 pb-5 grid gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        {send.error && <FormProblem error={send.error} onRetry={confirm} />}
        <SignInFields value={signIn} onChange={setSignIn} tried={tried} autoFocus />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
