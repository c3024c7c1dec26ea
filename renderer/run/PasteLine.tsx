import { useState } from 'react';
import type { RunSpec } from '#contract';
import { Button } from '#ui/Button';
import { TextField } from '#ui/TextField';
import { client } from '../data/client';
import { problemOf } from '../data/problems';

export interface ReadLine {
  spec: RunSpec;
  ignored: string[];
  notes: string[];
}

/** Takes a `docker run …` line from documentation and hands over what it says. */
export function PasteLine({
  onRead,
  onCancel,
  first = '',
}: {
  onRead: (read: ReadLine) => void;
  onCancel: () => void;
  first?: string;
}) {
  const [line, setLine] = useState(first);
  const [error, setError] = useState<string>();
  async function read() {
    try {
      onRead(await client.run.parse({ line }));
    } catch (thrown) {
      const { title, explanation } = problemOf(thrown);
      setError(`${title}. ${explanation}`);
    }
  }
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void read();
      }}
    >
      <TextField
        label="A docker run line"
        mono
        rows={5}
        autoFocus
        value={line}
        onChange={(text) => {
          setLine(text);
          setError(undefined);
        }}
        placeholder="docker run -d -p 8080:80 nginx"
        {...(error ? { error } : {})}
      />
      <div className="flex gap-2">
        <Button
          type="submit"
          variant="primary"
          disabledReason={line.trim() ? undefined : 'Paste a line first'}
        >
          Fill the form
        </Button>
        <Button onPress={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
