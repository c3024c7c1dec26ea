import { useState } from 'react';
import { Button } from '#ui/Button';
import { Dialog } from '#ui/Dialog';
import { TextField } from '#ui/TextField';
import type { Wanted } from './useSessions';

/** A terminal with another program, or as another user. */
export function OtherShellDialog({
  name,
  onOpen,
  onClose,
}: {
  name: string;
  onOpen: (wanted: Wanted) => void;
  onClose: () => void;
}) {
  const [shell, setShell] = useState('');
  const [user, setUser] = useState('');
  const open = () => {
    onOpen({ shell: shell.trim() || undefined, user: user.trim() || undefined });
    onClose();
  };
  return (
    <Dialog
      title={`New terminal in ${name}`}
      onClose={onClose}
      onConfirm={open}
      footer={
        <span className="ml-auto flex gap-2">
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" onPress={open}>
            Open terminal
          </Button>
        </span>
      }
    >
      <div className="grid gap-3">
        <TextField
          label="Program"
          value={shell}
          onChange={setShell}
          mono
          autoFocus
          placeholder="a shell, found by trying"
          help="Path inside the container"
        />
        <TextField
          label="User"
          value={user}
          onChange={setUser}
          mono
          placeholder="as the image says"
          help="A name or a number"
        />
      </div>
    </Dialog>
  );
}
