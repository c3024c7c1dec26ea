import { X } from 'lucide-react';
import type { ClipboardEvent } from 'react';
import { ComboBox } from '#ui/ComboBox';
import { IconButton } from '#ui/IconButton';
import { TextField } from '#ui/TextField';
import { useRunForm } from '../form/useRunForm';
import { Findings } from './Findings';

export interface Pair {
  name: string;
  value: string;
}

/** One name and its value, with a way to take them away. Names come with suggestions where there are any. */
export function PairRow({
  pair,
  field,
  what,
  secret,
  suggestions,
  onChange,
  onRemove,
  onPaste,
}: {
  pair: Pair;
  field: string;
  /** "variable", "label". */
  what: string;
  secret?: boolean;
  suggestions?: readonly { value: string; label: string; help?: string }[];
  onChange: (part: Partial<Pair>) => void;
  onRemove: () => void;
  /** Several lines were pasted into the name. True when they were taken. */
  onPaste?: (text: string) => boolean;
}) {
  const { leave } = useRunForm();
  const name = {
    label: `Name of the ${what}`,
    labelHidden: true,
    value: pair.name,
    placeholder: 'NAME',
    onChange: (text: string) => onChange({ name: text }),
    onBlur: () => leave(field),
  };
  function paste(event: ClipboardEvent) {
    if (onPaste?.(event.clipboardData.getData('text/plain'))) event.preventDefault();
  }
  return (
    <div data-run-field={field} className="grid grid-cols-1 gap-1.5">
      <div className="flex items-center gap-1.5">
        <div className="flex-1 min-w-0" onPasteCapture={paste}>
          {suggestions && suggestions.length > 0 ? (
            <ComboBox {...name} options={suggestions} />
          ) : (
            <TextField {...name} mono />
          )}
        </div>
        <TextField
          className="flex-1 min-w-0"
          label={`Value of ${pair.name || `the ${what}`}`}
          labelHidden
          mono
          {...(secret ? { secret } : {})}
          value={pair.value}
          onChange={(value) => onChange({ value })}
        />
        <IconButton size="sm" aria-label={`Remove ${pair.name || `the ${what}`}`} onPress={onRemove}>
          <X size={14} />
        </IconButton>
      </div>
      <Findings field={field} />
    </div>
  );
}
