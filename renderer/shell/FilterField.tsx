import { useRef } from 'react';
import { SearchField } from '#ui/SearchField';
import { useShortcut } from './shortcuts';

/** The filter of a page's list: / and Ctrl F lead to it. */
export function FilterField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useShortcut({ keys: '/', label: 'Filter the list' }, () => input.current?.focus());
  useShortcut({ keys: 'Ctrl F', label: 'Filter the list' }, () => input.current?.select());
  return (
    <SearchField
      label={label}
      value={value}
      onChange={onChange}
      shortcut="/"
      inputRef={input}
      className="w-[232px] max-[1040px]:w-[190px]"
    />
  );
}
