import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import { classes } from './classes';

export function Checkbox({
  checked,
  mixed,
  onChange,
  children,
  disabled,
  'aria-label': label,
}: {
  checked: boolean;
  /** Some, not all. */
  mixed?: boolean;
  onChange: (checked: boolean) => void;
  children?: ReactNode;
  disabled?: boolean;
  'aria-label'?: string;
}) {
  return (
    <AriaCheckbox
      className="check"
      isSelected={checked}
      isIndeterminate={mixed}
      isDisabled={disabled}
      onChange={onChange}
      aria-label={label}
    >
      <CheckMark checked={checked} mixed={mixed} />
      {children}
    </AriaCheckbox>
  );
}

/** The box alone, as drawn; for places that bring their own semantics. */
export function CheckMark({ checked, mixed }: { checked: boolean; mixed?: boolean | undefined }) {
  return (
    <span className={classes('cb', (checked || mixed) && 'on')} aria-hidden="true">
      {mixed ? (
        <Minus size={11} className="stroke-[3]" />
      ) : (
        checked && <Check size={11} className="stroke-[3]" />
      )}
    </span>
  );
}
