import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { TextField as AriaTextField, Group, Input, TextArea } from 'react-aria-components';
import { classes } from './classes';
import { FieldFrame, type FieldProps, fieldTone } from './Field';
import { IconButton } from './IconButton';

export interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  /** An icon element before the text. */
  icon?: ReactNode;
  /** Quiet text or buttons at the right end: "free to use". */
  end?: ReactNode;
  /** Hides what is typed, with a button to show it. */
  secret?: boolean;
  mono?: boolean;
  /** More than one line. */
  rows?: number;
  required?: boolean;
  disabled?: boolean;
  className?: string;
  inputRef?: React.Ref<HTMLInputElement>;
}

export function TextField({
  value,
  onChange,
  onBlur,
  placeholder,
  icon,
  end,
  secret,
  mono,
  rows,
  required,
  disabled,
  className,
  inputRef,
  autoFocus,
  name,
  ...field
}: TextFieldProps) {
  const [shown, setShown] = useState(false);
  const input = classes('input-text', mono && 'mono');
  return (
    <AriaTextField
      className={className}
      value={value}
      onChange={onChange}
      onBlur={onBlur}
      isInvalid={field.error !== undefined}
      isRequired={required}
      isDisabled={disabled}
      autoFocus={autoFocus}
      name={name}
      type={secret && !shown ? 'password' : 'text'}
      autoComplete="off"
      spellCheck="false"
    >
      <FieldFrame field={field}>
        {rows ? (
          <TextArea
            rows={rows}
            placeholder={placeholder}
            className={classes('input input-area', mono && 'mono', fieldTone(field))}
          />
        ) : (
          <Group className={classes('input', fieldTone(field))}>
            {icon}
            <Input ref={inputRef} placeholder={placeholder} className={input} />
            {end && <span className="ml-auto text-11 text-fg3 shrink-0">{end}</span>}
            {secret && (
              <IconButton
                size="sm"
                aria-label={shown ? 'Hide' : 'Show'}
                className="-mr-1.5"
                onPress={() => setShown(!shown)}
              >
                {shown ? <EyeOff size={14} /> : <Eye size={14} />}
              </IconButton>
            )}
          </Group>
        )}
      </FieldFrame>
    </AriaTextField>
  );
}
