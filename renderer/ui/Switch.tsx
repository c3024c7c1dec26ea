import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import { classes } from './classes';

export function Switch({
  on,
  onChange,
  children,
  disabled,
  'aria-label': label,
}: {
  on: boolean;
  onChange: (on: boolean) => void;
  children?: ReactNode;
  disabled?: boolean;
  'aria-label'?: string;
}) {
  return (
    <AriaSwitch
      className="check"
      isSelected={on}
      isDisabled={disabled}
      onChange={onChange}
      aria-label={label}
    >
      <span className={classes('sw', on && 'on')} aria-hidden="true" />
      {children}
    </AriaSwitch>
  );
}
