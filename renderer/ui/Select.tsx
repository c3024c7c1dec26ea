import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Select as AriaSelect,
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components';
import { classes } from './classes';
import { FieldFrame, type FieldProps, fieldTone } from './Field';

export interface Option<V extends string = string> {
  value: V;
  label: string;
  /** A second, quiet line. */
  help?: string;
  icon?: ReactNode;
  /** Quiet text at the right end. */
  end?: ReactNode;
  disabledReason?: string;
}

export interface SelectProps<V extends string> extends FieldProps {
  value: V | null;
  onChange: (value: V) => void;
  options: readonly Option<V>[];
  placeholder?: string;
  className?: string;
}

export function Select<V extends string>({
  value,
  onChange,
  options,
  placeholder = 'Choose',
  className,
  autoFocus,
  name,
  ...field
}: SelectProps<V>) {
  return (
    <AriaSelect
      className={className}
      value={value}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen) onChange(chosen.value);
      }}
      placeholder={placeholder}
      isInvalid={field.error !== undefined}
      autoFocus={autoFocus}
      name={name}
    >
      <FieldFrame field={field}>
        <Button className={classes('input w-full text-left', fieldTone(field))}>
          <SelectValue className="flex-1 min-w-0 truncate">
            {({ selectedText, isPlaceholder }) =>
              isPlaceholder ? <span className="ph">{placeholder}</span> : selectedText
            }
          </SelectValue>
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      </FieldFrame>
      <Popover className="menu min-w-(--trigger-width)" offset={4}>
        <ListBox items={keyed(options)} className="outline-none max-h-[320px] overflow-auto">
          {(option) => <OptionRow option={option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** react-aria tells lines apart by `id`; without one a list that is filtered mixes them up. */
export const keyed = <V extends string>(options: readonly Option<V>[]) =>
  options.map((option) => ({ ...option, id: option.value }));

/** One line of a Select or ComboBox list. */
export function OptionRow({ option }: { option: Option }) {
  return (
    <ListBoxItem
      id={option.value}
      textValue={option.label}
      isDisabled={option.disabledReason !== undefined}
      className={classes('mi', (option.help ?? option.disabledReason) && '!h-auto py-1')}
    >
      {({ isSelected }) => (
        <>
          {option.icon}
          <span className="min-w-0">
            <Text slot="label" className="block truncate">
              {option.label}
            </Text>
            {(option.help ?? option.disabledReason) && (
              <Text slot="description" className="block text-12 opacity-80 truncate">
                {option.disabledReason ?? option.help}
              </Text>
            )}
          </span>
          <span className="r flex items-center gap-1.5">
            {option.end}
            {isSelected && <Check size={14} aria-hidden="true" />}
          </span>
        </>
      )}
    </ListBoxItem>
  );
}
