import { useState } from 'react';
import { commandArguments, commands } from '#contract/commands';
import type { Problem } from '#contract/problem';
import { Button } from '#ui/Button';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { ShowAsCommand } from '#ui/ShowAsCommand';
import { TextField } from '#ui/TextField';
import { client } from '../../data/client';
import { problemOf } from '../../data/problems';

export function RenameDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const [next, setNext] = useState(name);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const rename = async () => {
    if (next === name) return onClose();
    setBusy(true);
    try {
      await client.containers.rename({ id, name: next });
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={`Rename ${name}`}
      onClose={onClose}
      onConfirm={rename}
      footer={
        <DialogButtons>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            onPress={rename}
            disabledReason={next === '' ? 'A name is needed' : undefined}
          >
            Rename
          </Button>
        </DialogButtons>
      }
    >
      <div className="px-5 pt-3 pb-5 grid gap-4">
        <TextField
          label="Name"
          value={next}
          onChange={(value) => {
            setNext(value);
            setProblem(null);
          }}
          mono
          autoFocus
          error={problem ? `${problem.title}. ${problem.explanation}` : undefined}
        />
        <ShowAsCommand argv={commandArguments(commands.containers.rename(name, next))} />
      </div>
    </Dialog>
  );
}
