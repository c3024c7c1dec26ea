import type { ReactNode, Ref } from 'react';
import { classes } from './classes';
import { type CommandPreview, onPreview } from './commandStrip';
import { Kbd } from './Kbd';
import { Spinner } from './StateGlyph';
import { tip } from './tip';

export interface ButtonProps {
  children: ReactNode;
  variant?: 'plain' | 'primary' | 'danger' | 'quiet' | 'link';
  size?: 'sm' | 'md' | 'lg';
  /** An icon element before the text. */
  icon?: ReactNode;
  onPress?: (button: HTMLButtonElement) => void;
  type?: 'button' | 'submit';
  tooltip?: string;
  /** Shown in the tooltip, or inside the button with `showShortcut`. */
  shortcut?: string;
  showShortcut?: boolean;
  /** Disables the button and says why, in the tooltip and to screen readers. The button stays reachable. */
  disabledReason?: string | undefined;
  /** The work is going on: an arc replaces the icon, presses are ignored, the width stays. */
  busy?: boolean;
  preview?: CommandPreview | undefined;
  autoFocus?: boolean;
  className?: string;
  'aria-label'?: string;
  'aria-expanded'?: boolean;
  'aria-haspopup'?: 'menu' | 'dialog';
  'aria-pressed'?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

const VARIANTS = {
  plain: '',
  primary: 'btn-primary',
  danger: 'btn-danger',
  quiet: 'btn-quiet',
  link: 'btn-link',
};
const SIZES = { sm: 'btn-sm', md: '', lg: 'btn-lg' };

export function Button({
  children,
  variant = 'plain',
  size = 'md',
  icon,
  onPress,
  type = 'button',
  tooltip,
  shortcut,
  showShortcut,
  disabledReason,
  busy,
  preview,
  className,
  ...rest
}: ButtonProps) {
  const blocked = Boolean(disabledReason) || busy;
  return (
    <button
      {...rest}
      type={type}
      className={classes('btn', VARIANTS[variant], SIZES[size], className)}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      aria-description={disabledReason}
      onClick={(event) => {
        if (blocked) event.preventDefault();
        else onPress?.(event.currentTarget);
      }}
      {...tip(disabledReason ?? tooltip, showShortcut ? undefined : shortcut)}
      {...(blocked ? {} : onPreview(preview))}
    >
      {busy ? <Spinner /> : icon}
      {children}
      {showShortcut && shortcut && <Kbd keys={shortcut} />}
    </button>
  );
}
