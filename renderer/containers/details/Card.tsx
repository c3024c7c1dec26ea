import { type ReactNode, useId } from 'react';

/** A titled part of the page. */
export function Card({
  title,
  end,
  children,
  flush,
}: {
  title: string;
  end?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}) {
  const id = useId();
  return (
    <section className="card min-w-0 overflow-hidden" aria-labelledby={id}>
      <div className="px-4 pt-3 pb-2 flex items-center gap-2 min-h-[44px]">
        <h2 id={id} className="h2">
          {title}
        </h2>
        {end && <span className="ml-auto flex items-center gap-2 text-12 text-fg3">{end}</span>}
      </div>
      {flush ? children : <div className="px-4 pb-3">{children}</div>}
    </section>
  );
}
