import type { ReactNode } from 'react';

/** A page's title line: title, a quiet summary beside it, actions at the right. */
export function PageHeader({
  title,
  summary,
  term,
  back,
  children,
}: {
  title: ReactNode;
  summary?: ReactNode;
  /** The explanation of the title's word. */
  term?: ReactNode;
  /** A way back to the list, before the title. */
  back?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="px-6 pt-4 pb-3 flex items-center gap-3 min-w-0">
      {back}
      <span className="flex items-center gap-1 min-w-0">
        <h1 className="h1 truncate">{title}</h1>
        {term}
      </span>
      {summary !== undefined && <span className="text-fg3 num mt-[3px] truncate">{summary}</span>}
      {children && <span className="ml-auto flex items-center gap-2 shrink-0">{children}</span>}
    </header>
  );
}
