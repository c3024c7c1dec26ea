import type { ReactNode } from 'react';
import { RadioGroup as AriaRadioGroup, Radio } from 'react-aria-components';
import { classes } from './classes';
import { FieldFrame, type FieldProps } from './Field';

export interface RadioOption<V extends string> {
  value: V;
  label: ReactNode;
  help?: ReactNode;
  /** A badge at the right: "Suggested". */
  end?: ReactNode;
}

export interface RadioGroupProps<V extends string> extends FieldProps {
  value: V;
  onChange: (value: V) => void;
  options: readonly RadioOption<V>[];
  /** Cards with a frame, as in dialogs that offer ways out. */
  cards?: boolean;
  /** Two cards side by side instead of one below the other. */
  beside?: boolean;
}

export function RadioGroup<V extends string>({
  value,
  onChange,
  options,
  cards,
  beside,
  ...field
}: RadioGroupProps<V>) {
  return (
    <AriaRadioGroup
      value={value}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
      isInvalid={field.error !== undefined}
    >
      <FieldFrame field={field}>
        <div className={classes('grid gap-2', beside && 'grid-cols-2')}>
          {options.map((option) => (
            <Radio
              key={option.value}
              value={option.value}
              className={({ isSelected }) => classes('radio', cards && 'radio-card', isSelected && 'on')}
            >
              <span className={classes('rb mt-[3px]', option.value === value && 'on')} aria-hidden="true" />
              <span className="min-w-0 flex-1">
                <span className={classes('block', cards && 'font-strong')}>{option.label}</span>
                {option.help && <span className="block text-12 text-fg2">{option.help}</span>}
              </span>
              {option.end}
            </Radio>
          ))}
        </div>
      </FieldFrame>
    </AriaRadioGroup>
  );
}
