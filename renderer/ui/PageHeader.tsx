import type { ReactNode } from 'react';

/** A page's title line: title, a quiet summary beside it, actions at the right. */
export function PageHeader({
  title,
  summary,
  back,
  children,
}: {
  title: ReactNode;
  summary?: ReactNode;
  /** A way back to the list, before the title. */
  back?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="px-6 pt-4 pb-3 flex items-center gap-3 min-w-0">
      {back}
      <h1 className="h1 truncate">{title}</h1>
      {summary !== undefined && <span className="text-fg3 num mt-[3px] truncate">{summary}</span>}
      {children && <span className="ml-auto flex items-center gap-2 shrink-0">{children}</span>}
    </header>
  );
}
