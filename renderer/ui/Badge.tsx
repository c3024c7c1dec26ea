import type { ReactNode } from 'react';
import { classes } from './classes';
import { tip } from './tip';

export type BadgeTone = 'plain' | 'ok' | 'warn' | 'danger' | 'accent' | 'info' | 'line';

export function Badge({
  tone = 'plain',
  icon,
  tooltip,
  children,
}: {
  tone?: BadgeTone;
  icon?: ReactNode;
  tooltip?: string;
  children: ReactNode;
}) {
  return (
    <span className={classes('badge', tone !== 'plain' && tone)} {...tip(tooltip)}>
      {icon}
      {children}
    </span>
  );
}
