import type { ReactNode } from 'react';
import { Term } from '../terms/Term';
import type { TermId } from '../terms/terms';

/** A section's title line, with what it is about. */
export function SectionHead({ title, about, term }: { title: string; about: string; term?: TermId }) {
  return (
    <header className="flex items-baseline gap-3 mb-4">
      <span className="flex items-center gap-1 shrink-0">
        <h2 className="h1">{title}</h2>
        {term && <Term id={term} />}
      </span>
      <span className="text-fg3 truncate">{about}</span>
    </header>
  );
}

/** One setting: what it is at the left, its control at the right. */
export function SettingRow({
  title,
  help,
  term,
  children,
}: {
  title: string;
  help: string;
  term?: TermId;
  children: ReactNode;
}) {
  return (
    <div className="flex items-center gap-4 px-5 py-3">
      <div className="min-w-0">
        <div className="lbl">
          {title}
          {term && <Term id={term} />}
        </div>
        <div className="help">{help}</div>
      </div>
      <span className="ml-auto shrink-0">{children}</span>
    </div>
  );
}

/** A setting that needs room: what it is at the left, its controls at the right. */
export function WideRow({ title, help, children }: { title: string; help: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[220px_minmax(0,1fr)] max-[1039px]:grid-cols-[170px_minmax(0,1fr)] gap-5 px-5 py-3.5">
      <div>
        <div className="lbl">{title}</div>
        <div className="help">{help}</div>
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
