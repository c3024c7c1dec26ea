import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';

/** What every field takes. */
export interface FieldProps {
  label: string;
  /** Hides the label from view; it stays the accessible name. */
  labelHidden?: boolean;
  /** Where the label stands: above, or left as in dialogs. */
  layout?: 'above' | 'left';
  /** The tag under a left label: "from the image", "needed", "optional". */
  source?: string | undefined;
  /** Helper text below the field. */
  help?: ReactNode;
  /** A problem in plain words; the field turns red and the text replaces the help. */
  error?: string | undefined;
  /** A conflict that does not forbid: the field turns amber. Empty when its words stand elsewhere. */
  warning?: string | undefined;
  autoFocus?: boolean;
  name?: string;
}

/** The frame of a field: label, control, help or error. Must stand inside a react-aria field. */
export function FieldFrame({
  field,
  children,
}: {
  field: Pick<FieldProps, 'label' | 'labelHidden' | 'layout' | 'source' | 'help' | 'error' | 'warning'>;
  children: ReactNode;
}) {
  const { label, labelHidden, layout = 'above', source, help, error, warning } = field;
  const foot = (
    <>
      {error !== undefined && <FieldError className="help mt-1 block !text-danger-fg">{error}</FieldError>}
      {error === undefined && warning && (
        <Text slot="description" className="help mt-1 block !text-warn-fg">
          {warning}
        </Text>
      )}
      {error === undefined && warning === undefined && help !== undefined && (
        <Text slot="description" className="help mt-1 block">
          {help}
        </Text>
      )}
    </>
  );
  if (labelHidden) {
    return (
      <>
        <Label className="sr-only">{label}</Label>
        {children}
        {foot}
      </>
    );
  }
  if (layout === 'left') {
    return (
      <div className="grid grid-cols-[var(--field-label,132px)_minmax(0,1fr)] gap-4">
        <div className="pt-[5px]">
          <Label className="lbl">{label}</Label>
          {source && <div className="text-11 text-fg3">{source}</div>}
        </div>
        <div className="min-w-0">
          {children}
          {foot}
        </div>
      </div>
    );
  }
  return (
    <>
      <div className="flex items-baseline gap-2 mb-1">
        <Label className="lbl">{label}</Label>
        {source && <span className="text-11 text-fg3">{source}</span>}
      </div>
      {children}
      {foot}
    </>
  );
}

/** The class of the box around an input. */
export function fieldTone(field: Pick<FieldProps, 'error' | 'warning'>): string | false {
  if (field.error !== undefined) return 'err';
  return field.warning !== undefined && 'warn';
}
