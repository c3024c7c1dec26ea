import { ChevronDown, ChevronUp } from 'lucide-react';
import { NumberField as AriaNumberField, Button, Group, Input } from 'react-aria-components';
import { classes } from './classes';
import { FieldFrame, type FieldProps, fieldTone } from './Field';

const WHOLE: Intl.NumberFormatOptions = { useGrouping: false, maximumFractionDigits: 3 };

export interface NumberFieldProps extends FieldProps {
  /** null is an empty field. */
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
  step?: number;
  /** Shown quietly inside, before the figure: "This computer". */
  lead?: string;
  unit?: string;
  className?: string;
}

export function NumberField({
  value,
  onChange,
  min,
  max,
  step,
  lead,
  unit,
  className,
  autoFocus,
  name,
  ...field
}: NumberFieldProps) {
  return (
    <AriaNumberField
      className={className}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      minValue={min}
      maxValue={max}
      step={step}
      formatOptions={WHOLE}
      isInvalid={field.error !== undefined}
      autoFocus={autoFocus}
      name={name}
    >
      <FieldFrame field={field}>
        <Group className={classes('input !pr-0.5', fieldTone(field))}>
          {lead && <span className="text-12 text-fg3 shrink-0">{lead}</span>}
          <Input className={classes('input-text num', lead && 'text-right')} />
          {unit && <span className="text-12 text-fg3 shrink-0">{unit}</span>}
          <span className="grid shrink-0">
            <Button slot="increment" className="stepper">
              <ChevronUp size={11} />
            </Button>
            <Button slot="decrement" className="stepper">
              <ChevronDown size={11} />
            </Button>
          </span>
        </Group>
      </FieldFrame>
    </AriaNumberField>
  );
}
