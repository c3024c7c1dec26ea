import { Folder, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#ui/Button';
import { TextField } from '#ui/TextField';
import { pathProblem } from './rules';

/** Adds a path of this computer to a list. What is wrong with it is said when it is tried. */
export function PathAdder({
  label,
  what,
  placeholder,
  known,
  most,
  onAdd,
}: {
  label: string;
  /** "folder", "file". */
  what: string;
  placeholder: string;
  known: readonly string[];
  /** How many the list can hold. */
  most?: number;
  onAdd: (path: string) => void;
}) {
  const [path, setPath] = useState('');
  const [tried, setTried] = useState(false);
  const problem = pathProblem(path.trim(), known, what, most);
  return (
    <form
      className="flex items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (problem !== undefined) return;
        onAdd(path.trim());
        setPath('');
        setTried(false);
      }}
    >
      <TextField
        label={label}
        labelHidden
        className="flex-1 min-w-0"
        mono
        icon={<Folder size={14} aria-hidden="true" />}
        value={path}
        onChange={(next) => {
          setPath(next);
          setTried(false);
        }}
        placeholder={placeholder}
        error={tried ? problem : undefined}
      />
      <Button type="submit" icon={<Plus size={14} />}>
        Add
      </Button>
    </form>
  );
}
