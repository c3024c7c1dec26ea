import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem, Registry } from '#contract';
import { Button } from '#ui/Button';
import { Checkbox } from '#ui/Checkbox';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { ProblemBanner } from '#ui/ProblemView';
import { TextField } from '#ui/TextField';
import { api, client } from '../data/client';
import { problemOf } from '../data/problems';

/** Asks for a registry's address and, if it wants one, a sign-in. It is kept once the registry has answered. */
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
  const [credentials, setCredentials] = useState({ username: '', password: '' });
  const { busy, problem, run } = useAsk(async () => {
    const added = await client.discover.addRegistry({
      host,
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(signsIn ? { credentials } : {}),
    });
    onAdded?.(added);
    onClose();
  });
  const missing =
    host.trim() === '' ? 'The address is missing' : signsIn ? missingIn(credentials) : undefined;
  const add = () => {
    if (!missing) void run();
  };
  return (
    <Dialog
      title="Add a registry"
      subtitle="Discover then searches it too, and shows its tags."
      onClose={onClose}
      onConfirm={add}
      footer={
        <DialogButtons>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" busy={busy} disabledReason={missing} onPress={add}>
            Add
          </Button>
        </DialogButtons>
      }
    >
      <form
        className="grid gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label="Address"
          value={host}
          onChange={setHost}
          mono
          autoFocus
          placeholder="registry.example.com"
          help="With the port if it has one, such as localhost:5000. Only registries on this computer may do without encryption."
        />
        <TextField
          label="Name"
          source="optional"
          value={name}
          onChange={setName}
          placeholder={host || 'As the address'}
        />
        <Checkbox checked={signsIn} onChange={setSignsIn}>
          It wants a sign-in
        </Checkbox>
        {signsIn && <CredentialFields value={credentials} onChange={setCredentials} />}
        {problem && <ProblemBanner problem={{ ...problem, actions: [] }} />}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

/** Asks for the sign-in of a registry, which is kept once the registry has taken it. */
export function SignInDialog({ host, name, onClose }: { host: string; name: string; onClose: () => void }) {
  const [credentials, setCredentials] = useState({ username: '', password: '' });
  const { busy, problem, run } = useAsk(async () => {
    await client.discover.signIn({ host, credentials });
    onClose();
  });
  const missing = missingIn(credentials);
  const signIn = () => {
    if (!missing) void run();
  };
  return (
    <Dialog
      title={`Sign in to ${name}`}
      subtitle={host}
      onClose={onClose}
      onConfirm={signIn}
      footer={
        <DialogButtons>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" busy={busy} disabledReason={missing} onPress={signIn}>
            Sign in
          </Button>
        </DialogButtons>
      }
    >
      <form
        className="grid gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          signIn();
        }}
      >
        <CredentialFields value={credentials} onChange={setCredentials} />
        {problem && <ProblemBanner problem={{ ...problem, actions: [] }} />}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

interface Credentials {
  username: string;
  password: string;
}

const missingIn = ({ username, password }: Credentials) =>
  username === '' ? 'The user name is missing' : password === '' ? 'The password is missing' : undefined;

function CredentialFields({
  value,
  onChange,
}: {
  value: Credentials;
  onChange: (value: Credentials) => void;
}) {
  return (
    <>
      <TextField
        label="User name"
        value={value.username}
        onChange={(username) => onChange({ ...value, username })}
      />
      <TextField
        label="Password or access token"
        secret
        value={value.password}
        onChange={(password) => onChange({ ...value, password })}
        help="A token can be limited to reading and be withdrawn alone. It is kept by the docker credential helper of this system, or only in memory until Gantry ends: never in a readable file."
      />
    </>
  );
}

/** Work of a dialog whose failure is shown in it. What Discover knows of registries is read again afterwards. */
function useAsk(work: () => Promise<void>) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    busy,
    problem,
    run: async () => {
      setBusy(true);
      setProblem(null);
      try {
        await work();
        await queries.invalidateQueries({ queryKey: api.discover.key() });
      } catch (error) {
        setProblem(problemOf(error));
      } finally {
        setBusy(false);
      }
    },
  };
}
