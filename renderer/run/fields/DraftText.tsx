import { useState } from 'react';
import { TextField } from '#ui/TextField';

/**
 * A text that stands for a value and may be unfinished while it is typed (`53/u`). It keeps what was typed for as
 * long as that still means the value, and takes over a value that was changed elsewhere.
 */
export function DraftText({
  label,
  lead,
  value,
  read,
  onChange,
  onBlur,
  placeholder,
  mono,
  className,
}: {
  label: string;
  lead?: string;
  /** The value, written out. */
  value: string;
  /** What the typed text means, written out. */
  read: (text: string) => string;
  onChange: (text: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  mono?: boolean;
  className?: string;
}) {
  const [typed, setTyped] = useState(value);
  return (
    <TextField
      {...(className ? { className } : {})}
      label={label}
      labelHidden
      {...(lead ? { icon: <span className="text-12 text-fg3 shrink-0">{lead}</span> } : {})}
      {...(placeholder ? { placeholder } : {})}
      {...(mono ? { mono } : {})}
      value={read(typed) === value ? typed : value}
      onChange={(text) => {
        setTyped(text);
        onChange(text);
      }}
      onBlur={() => {
        setTyped(value);
        onBlur?.();
      }}
    />
  );
}
