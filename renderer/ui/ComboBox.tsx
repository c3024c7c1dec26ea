import { ChevronDown } from 'lucide-react';
import { ComboBox as AriaComboBox, Button, Group, Input, ListBox, Popover } from 'react-aria-components';
import { classes } from './classes';
import { FieldFrame, type FieldProps, fieldTone } from './Field';
import { keyed, type Option, OptionRow } from './Select';

export interface ComboBoxProps extends FieldProps {
  /** The text in the field; free text is allowed. */
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  options: readonly Option[];
  placeholder?: string;
  /** What an empty list says; without it the list closes when nothing fits. */
  emptyText?: string;
  icon?: React.ReactNode;
  className?: string;
}

/** A text field with suggestions. */
export function ComboBox({
  value,
  onChange,
  onBlur,
  options,
  placeholder,
  emptyText,
  icon,
  className,
  autoFocus,
  name,
  ...field
}: ComboBoxProps) {
  return (
    <AriaComboBox
      className={className}
      inputValue={value}
      onInputChange={onChange}
      onBlur={onBlur}
      allowsCustomValue
      allowsEmptyCollection={emptyText !== undefined}
      menuTrigger="focus"
      defaultItems={keyed(options)}
      isInvalid={field.error !== undefined}
      autoFocus={autoFocus}
      name={name}
    >
      <FieldFrame field={field}>
        <Group className={classes('input !pr-1', fieldTone(field))}>
          {icon}
          <Input placeholder={placeholder} className="input-text" spellCheck="false" />
          <Button className="ib !w-6 !h-6 shrink-0" aria-label="Show suggestions">
            <ChevronDown size={14} />
          </Button>
        </Group>
      </FieldFrame>
      <Popover className="menu min-w-(--trigger-width)" offset={4}>
        <ListBox
          className="outline-none max-h-[320px] overflow-auto"
          renderEmptyState={() => <div className="px-2 py-1.5 text-fg3 text-12">{emptyText}</div>}
        >
          {(option: Option) => <OptionRow option={option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
