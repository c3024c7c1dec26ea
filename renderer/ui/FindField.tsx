import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { useShortcut } from '../shell/shortcuts';
import { IconButton } from './IconButton';

/** A search within what is open: how many hits, which one is shown, the next and the one before. */
export function FindField({
  label,
  value,
  onChange,
  hits,
  active,
  limited = false,
  onStep,
  inputRef,
  autoFocus,
  onClose,
  className = 'w-[330px] max-[1039px]:w-[250px]',
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hits: number;
  /** Place of the hit that is shown; -1 while none is. */
  active: number;
  /** There are more hits than were counted. */
  limited?: boolean;
  onStep: (step: 1 | -1) => void;
  inputRef?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
  /** Esc in the empty field, for a field that comes and goes. */
  onClose?: () => void;
  className?: string;
}) {
  const searching = value !== '';
  useShortcut(searching ? { keys: 'F3', label: 'Next hit' } : null, () => onStep(1));
  useShortcut(searching ? { keys: 'Shift F3', label: 'Hit before' } : null, () => onStep(-1));
  const total = `${hits}${limited ? '+' : ''}`;
  const count = hits === 0 ? 'No hits' : active < 0 ? `${total} hits` : `${active + 1} of ${total}`;
  return (
    <div className={`input shrink ${className}`}>
      <Search size={14} aria-hidden="true" />
      <input
        ref={inputRef}
        // biome-ignore lint/a11y/noAutofocus: it opens because someone wants to type in it
        autoFocus={autoFocus}
        aria-label={label}
        placeholder={label}
        className="input-text"
        value={value}
        autoComplete="off"
        spellCheck="false"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape' && searching) onChange('');
          else if (event.key === 'Escape' && onClose) onClose();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <span role="status" className="text-12 text-fg3 num whitespace-nowrap">
        {searching && count}
      </span>
      {searching && (
        <span className="flex -mr-1.5">
          <IconButton size="sm" aria-label="Previous hit" shortcut="Shift F3" onPress={() => onStep(-1)}>
            <ChevronUp size={14} />
          </IconButton>
          <IconButton size="sm" aria-label="Next hit" shortcut="F3" onPress={() => onStep(1)}>
            <ChevronDown size={14} />
          </IconButton>
          <IconButton size="sm" aria-label="Clear the search" onPress={() => onChange('')}>
            <X size={13} />
          </IconButton>
        </span>
      )}
    </div>
  );
}
