import { type ReactNode, useId } from 'react';
import { Term } from '../../terms/Term';
import type { TermId } from '../../terms/terms';

/** A titled part of the page. */
export function Card({
  title,
  end,
  term,
  children,
  flush,
}: {
  title: string;
  end?: ReactNode;
  /** The explanation of the title's word. */
  term?: TermId;
  children: ReactNode;
  flush?: boolean;
}) {
  const id = useId();
  return (
    <section className="card min-w-0 overflow-hidden" aria-labelledby={id}>
      <div className="px-4 pt-3 pb-2 flex items-center gap-2 min-h-[44px]">
        <span className="flex items-center gap-0.5 min-w-0">
          <h2 id={id} className="h2">
            {title}
          </h2>
          {term && <Term id={term} />}
        </span>
        {end && <span className="ml-auto flex items-center gap-2 text-12 text-fg3">{end}</span>}
      </div>
      {flush ? children : <div className="px-4 pb-3">{children}</div>}
    </section>
  );
}
