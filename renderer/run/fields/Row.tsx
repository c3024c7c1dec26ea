import type { ReactNode } from 'react';
import { Term } from '../../terms/Term';
import type { TermId } from '../../terms/terms';
import { Findings } from './Findings';

/** A line of the form: label and where its value comes from at the left, the controls at the right. */
export function Row({
  label,
  source,
  field,
  term,
  children,
}: {
  label: string;
  source?: string | undefined;
  /** Field of the run whose findings stand below; lists place them under their rows themselves. */
  field?: string;
  /** The explanation of the label's word. */
  term?: TermId;
  children: ReactNode;
}) {
  return (
    <div
      role="group"
      aria-label={label}
      className="grid grid-cols-[132px_minmax(0,1fr)] gap-4"
      data-run-field={field}
    >
      <div className="pt-[5px]">
        <div className="lbl">
          <span aria-hidden="true">{label}</span>
          {term && <Term id={term} inDialog />}
        </div>
        {source && <div className="text-11 text-fg3">{source}</div>}
      </div>
      <div className="min-w-0 grid grid-cols-1 gap-1.5">
        {children}
        {field && <Findings field={field} />}
      </div>
    </div>
  );
}

export const Help = ({ children }: { children: ReactNode }) => <p className="help">{children}</p>;
