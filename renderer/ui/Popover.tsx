import { type ReactNode, type RefObject, useRef } from 'react';
import { Popover as AriaPopover, Dialog } from 'react-aria-components';
import { classes } from './classes';

/** A small panel below its trigger: Esc or a press outside closes it and focus returns. */
export function Popover({
  label,
  anchor,
  open,
  onClose,
  placement = 'bottom end',
  className,
  children,
}: {
  label: string;
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  onClose: () => void;
  /** Which of the trigger's edges it lines up with. */
  placement?: 'bottom start' | 'bottom end';
  className?: string;
  children: ReactNode;
}) {
  const panel = useRef<HTMLElement>(null);
  return (
    <AriaPopover
      triggerRef={anchor}
      isOpen={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      placement={placement}
      offset={6}
      className={classes('pop overflow-hidden flex flex-col', className)}
    >
      <Dialog ref={panel} aria-label={label} className="outline-none min-h-0 flex flex-col">
        {children}
      </Dialog>
    </AriaPopover>
  );
}
