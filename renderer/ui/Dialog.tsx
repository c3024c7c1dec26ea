import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { classes } from './classes';
import { IconButton } from './IconButton';

export interface DialogProps {
  title: string;
  /** The sentence under the title, or anything small. */
  subtitle?: ReactNode;
  /** A glyph or monogram before the title. */
  icon?: ReactNode;
  /** Small, before the button that closes: what all of it is about. */
  mark?: ReactNode;
  width?: 520 | 600 | 920;
  onClose: () => void;
  /** Ctrl+Enter. */
  onConfirm?: (() => void) | undefined;
  /** The scrolling body. */
  children: ReactNode;
  /** The buttons' line: it stays while the body scrolls. */
  footer?: ReactNode;
  /** A sunken panel at the right of the body, 330 px wide. */
  side?: ReactNode;
  /** A line under the header, for dialogs that are forms. */
  ruled?: boolean;
  role?: 'dialog' | 'alertdialog';
}

/** A modal dialog. Mount it to open it. Focus starts on the element with autoFocus, else on the first one. */
export function Dialog({
  title,
  subtitle,
  icon,
  mark,
  width = 520,
  onClose,
  onConfirm,
  children,
  footer,
  side,
  ruled = side !== undefined,
  role = 'dialog',
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable={false}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className="scrim dialog-scrim"
    >
      <Modal className="dlg dialog-box" style={{ width: `min(${width}px, calc(100vw - 80px))` }}>
        <AriaDialog role={role} className="outline-none flex flex-col min-h-0 flex-1">
          <FirstFocus />
          {onConfirm && <ConfirmKey onConfirm={onConfirm} />}
          <header
            className={classes(
              'px-5 flex gap-3.5',
              ruled ? 'py-3 items-center border-b border-line' : 'pt-5 pb-1',
            )}
          >
            {icon && <span className={ruled ? '' : 'pt-[3px]'}>{icon}</span>}
            <div className="min-w-0 flex-1">
              <Heading slot="title" className="text-16 font-strong wrap-anywhere">
                {title}
              </Heading>
              {subtitle && (
                <div className={ruled ? 'text-12 text-fg3' : 'text-fg2 mt-1 wrap-anywhere'}>{subtitle}</div>
              )}
            </div>
            {mark && <span className="shrink-0">{mark}</span>}
            <span className="-mr-1.5 -mt-1">
              <IconButton aria-label="Close" onPress={onClose}>
                <X size={16} />
              </IconButton>
            </span>
          </header>
          <div
            className={classes(
              // One row that may be less than its content: the body scrolls, the footer stays.
              'flex-1 min-h-0 grid grid-rows-[minmax(0,1fr)]',
              side === undefined
                ? 'grid-cols-1'
                : 'dialog-split grid-cols-[minmax(0,1fr)_330px] max-[799px]:block max-[799px]:overflow-y-auto',
            )}
          >
            <div className="dialog-body">{children}</div>
            {side !== undefined && (
              <aside className="bg-sunken border-l border-line max-[799px]:border-l-0 max-[799px]:border-t p-5 flex flex-col min-h-0 overflow-auto max-[799px]:overflow-visible">
                {side}
              </aside>
            )}
          </div>
          {footer && (
            <footer className="flex items-center gap-2.5 px-5 h-[58px] shrink-0 border-t border-line">
              {footer}
            </footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

const FIELDS = 'input:not([disabled]), textarea:not([disabled]), button.input';

/** Puts focus on the first field, or else on the footer's first button, unless something took it by autoFocus. */
function FirstFocus() {
  const marker = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const dialog = marker.current?.parentElement;
    if (!dialog || dialog.contains(document.activeElement)) return;
    const first =
      dialog.querySelector<HTMLElement>(`.dialog-body :is(${FIELDS})`) ??
      dialog.querySelector<HTMLElement>('footer button');
    first?.focus();
  }, []);
  return <span ref={marker} hidden />;
}

/** Ctrl+Enter anywhere in the dialog. Listens on the dialog's own element, so a dialog below stays quiet. */
function ConfirmKey({ onConfirm }: { onConfirm: () => void }) {
  const marker = useRef<HTMLSpanElement>(null);
  const latest = useRef(onConfirm);
  latest.current = onConfirm;
  useEffect(() => {
    const dialog = marker.current?.parentElement;
    const owner = new AbortController();
    dialog?.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        latest.current();
      },
      { signal: owner.signal },
    );
    return () => owner.abort();
  }, []);
  return <span ref={marker} hidden />;
}

/** The right end of a dialog's footer. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return <span className="ml-auto flex gap-2 items-center">{children}</span>;
}
