import type { ReactNode } from 'react';
import { classes } from '../classes';
import { Spinner } from '../StateGlyph';
import { tip } from '../tip';

/**
 * A button in a table row. It has no handlers of its own: the table hears the click and calls `onAction` with
 * `action`. The action "menu" opens the row menu. `hoverOnly` buttons keep their space while hidden.
 */
export function RowAction({
  action,
  label,
  tooltip,
  shortcut,
  hoverOnly,
  busy,
  disabledReason,
  children,
}: {
  action: string;
  /** The accessible name with its object: "Stop web-1". */
  label: string;
  /** The verb alone: "Stop". */
  tooltip: string;
  shortcut?: string;
  hoverOnly?: boolean;
  busy?: boolean;
  disabledReason?: string | undefined;
  children: ReactNode;
}) {
  const blocked = busy || disabledReason !== undefined;
  return (
    <button
      type="button"
      tabIndex={-1}
      data-action={blocked ? undefined : action}
      aria-label={label}
      aria-haspopup={action === 'menu' ? 'menu' : undefined}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      aria-description={disabledReason}
      className={classes('ib ib-sm', hoverOnly && 'hover-only')}
      {...tip(disabledReason ?? tooltip, shortcut)}
    >
      {busy ? <Spinner /> : children}
    </button>
  );
}

/** The cell of a row's actions, at the right end. */
export function RowActions({ children }: { children: ReactNode }) {
  return <div className="flex justify-end items-center gap-px">{children}</div>;
}
