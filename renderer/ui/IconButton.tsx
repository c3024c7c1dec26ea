import type { ReactNode, Ref } from 'react';
import { classes } from './classes';
import { type CommandPreview, onPreview } from './commandStrip';
import { Spinner } from './StateGlyph';
import { tip } from './tip';

export interface IconButtonProps {
  'aria-label': string;
  /** The icon element. */
  children: ReactNode;
  onPress?: (button: HTMLButtonElement) => void;
  size?: 'sm' | 'md';
  /** The tooltip's text; the accessible name when not set. */
  tooltip?: string;
  shortcut?: string;
  /** For toggles: pressed is shown and announced. */
  pressed?: boolean;
  disabledReason?: string | undefined;
  busy?: boolean;
  preview?: CommandPreview | undefined;
  className?: string;
  tabIndex?: number;
  'aria-expanded'?: boolean;
  'aria-haspopup'?: 'menu' | 'dialog';
  ref?: Ref<HTMLButtonElement>;
}

export function IconButton({
  children,
  onPress,
  size = 'md',
  tooltip,
  shortcut,
  pressed,
  disabledReason,
  busy,
  preview,
  className,
  ...rest
}: IconButtonProps) {
  const blocked = Boolean(disabledReason) || busy;
  return (
    <button
      {...rest}
      type="button"
      className={classes('ib', size === 'sm' && 'ib-sm', pressed && 'on', className)}
      aria-pressed={pressed}
      aria-disabled={blocked || undefined}
      aria-description={disabledReason}
      onClick={(event) => {
        if (!blocked) onPress?.(event.currentTarget);
      }}
      {...tip(disabledReason ?? tooltip ?? rest['aria-label'], shortcut)}
      {...(blocked ? {} : onPreview(preview))}
    >
      {busy ? <Spinner /> : children}
    </button>
  );
}
