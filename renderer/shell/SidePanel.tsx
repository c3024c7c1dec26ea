import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { classes } from '#ui/classes';
import { IconButton } from '#ui/IconButton';
import { cutTip } from '#ui/tip';

/** As at 200 %: there the panel stands in the place of the list. Tailwind's `max-[799px]` below says the same. */
const roomForOne = '(max-width: 799px)';

/** A list with the open object's panel beside it, or alone. */
export function ListAndPanel({ panel, children }: { panel: ReactElement | undefined; children: ReactNode }) {
  return (
    <div
      className={classes(
        'flex-1 min-h-0 px-6 pb-4 grid grid-rows-[minmax(0,1fr)] gap-3.5',
        panel ? 'grid-cols-[minmax(0,1fr)_292px] max-[799px]:grid-cols-1' : 'grid-cols-1',
      )}
    >
      <div className={classes('min-h-0 min-w-0 flex flex-col relative', panel && 'max-[799px]:hidden')}>
        {children}
      </div>
      {panel}
    </div>
  );
}

/** One object of a list, beside the list. Its parts are PanelParts. */
export function SidePanel({
  title,
  subtitle,
  onClose,
  children,
}: {
  title: string;
  subtitle?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const close = useRef<HTMLButtonElement>(null);
  // The row that had the keyboard is out of sight then.
  useEffect(() => {
    if (matchMedia(roomForOne).matches) close.current?.focus();
  }, []);
  function onKeyDown({ key, currentTarget, target }: KeyboardEvent) {
    // What a part of it has opened above the page bubbles through here, too.
    if (key === 'Escape' && target instanceof Node && currentTarget.contains(target)) onClose();
  }
  return (
    <aside
      aria-label={title}
      onKeyDown={onKeyDown}
      className="card self-start min-w-0 min-h-0 max-h-full flex flex-col overflow-hidden"
    >
      <div className="p-4 pb-3 flex border-b border-line">
        <div className="min-w-0">
          <h2 className="h2 truncate" {...cutTip(title)}>
            <bdi>{title}</bdi>
          </h2>
          {subtitle && <div className="text-12 text-fg3 truncate">{subtitle}</div>}
        </div>
        <span className="ml-auto -mr-1.5 -mt-1">
          <IconButton ref={close} size="sm" aria-label={`Close ${title}`} tooltip="Close" onPress={onClose}>
            <X size={15} />
          </IconButton>
        </span>
      </div>
      <div className="min-h-0 overflow-auto divide-y divide-line">{children}</div>
    </aside>
  );
}

export function PanelPart({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="p-4 pt-3" aria-label={title}>
      {title && <h3 className="cap mb-1">{title}</h3>}
      {children}
    </section>
  );
}
