import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Registry } from '#contract';
import { Button } from '#ui/Button';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { Switch } from '#ui/Switch';
import { TextField } from '#ui/TextField';
import { showToast } from '#ui/toasts';
import { api } from '../../data/client';
import { FormProblem } from './FormProblem';
import { noSignIn, SignInFields } from './SignInFields';
import { useRegistriesChanged } from './useRegistries';
import { signInWords } from './words';

/** Asks for a registry's host and, if it wants one, a sign-in. It is kept only when it answers. */
export function AddRegistryDialog({
  onClose,
  onAdded,
}: {
  onClose: () => void;
  onAdded?: (registry: Registry) => void;
}) {
  const [host, setHost] = useState('');
  const [name, setName] = useState('');
  const [signsIn, setSignsIn] = useState(false);
  const [signIn, setSignIn] = useState(noSignIn);
  const [tried, setTried] = useState(false);
  const changed = useRegistriesChanged();
  const add = useMutation({
    ...api.discover.addRegistry.mutationOptions(),
    onSuccess: async (registry) => {
      onClose();
      onAdded?.(registry);
      const words = signInWords(registry);
      showToast({
        kind: 'success',
        title: `${registry.name} added`,
        text: words ? `Signed in ${words}.` : undefined,
      });
      await changed();
    },
  });

  const incomplete =
    host.trim() === '' || (signsIn && (signIn.username.trim() === '' || signIn.password === ''));
  function confirm() {
    setTried(true);
    if (incomplete || add.isPending) return;
    add.mutate({
      host: host.trim(),
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(signsIn ? { credentials: { ...signIn, username: signIn.username.trim() } } : {}),
    });
  }
  return (
    <Dialog
      title="Add a registry"
      subtitle="Discover searches it, and its images can be pulled and run."
      onClose={onClose}
      onConfirm={confirm}
      footer={
        <DialogButtons>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" busy={add.isPending} onPress={confirm}>
            {add.isPending ? 'Asking it…' : 'Check and add'}
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
        {add.error && <FormProblem error={add.error} onRetry={confirm} />}
        <TextField
          label="Host"
          layout="left"
          mono
          value={host}
          onChange={setHost}
          placeholder="registry.example.com"
          help="With its port if it has one, such as localhost:5000. Plain HTTP is used on this computer only."
          error={tried && host.trim() === '' ? 'Which registry is it?' : undefined}
        />
        <TextField
          label="Name"
          layout="left"
          source="optional"
          value={name}
          onChange={setName}
          help="What Gantry calls it."
        />
        <Switch on={signsIn} onChange={setSignsIn}>
          It wants a sign-in
        </Switch>
        {signsIn && <SignInFields value={signIn} onChange={setSignIn} tried={tried} autoFocus />}
        {/* Enter in a field submits only when the form has a button to do so. */}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
