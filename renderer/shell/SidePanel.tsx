import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '#ui/IconButton';
import { cutTip } from '#ui/tip';

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
  return (
    <aside
      aria-label={title}
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
          <IconButton size="sm" aria-label={`Close ${title}`} tooltip="Close" onPress={onClose}>
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
