import { Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { SearchField as AriaSearchField, Button, Group, Input, Label } from 'react-aria-components';
import { Kbd } from './Kbd';

/** A filter or search box: Esc and the cross clear it; the key hint shows while it is empty. */
export function SearchField({
  label,
  value,
  onChange,
  onSubmit,
  placeholder = label,
  shortcut,
  className = 'w-[232px]',
  autoFocus,
  inputRef,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Enter. */
  onSubmit?: (value: string) => void;
  placeholder?: string;
  shortcut?: string;
  className?: string;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}) {
  return (
    <AriaSearchField
      value={value}
      onChange={onChange}
      onSubmit={onSubmit}
      className={className}
      autoFocus={autoFocus}
      autoComplete="off"
      spellCheck="false"
    >
      <Label className="sr-only">{label}</Label>
      <Group className="input">
        <Search size={14} aria-hidden="true" />
        <Input ref={inputRef} placeholder={placeholder} className="input-text" />
        {value !== '' ? (
          <Button aria-label="Clear" className="ib !w-5 !h-5 -mr-1">
            <X size={13} />
          </Button>
        ) : (
          shortcut && <Kbd keys={shortcut} />
        )}
      </Group>
    </AriaSearchField>
  );
}
