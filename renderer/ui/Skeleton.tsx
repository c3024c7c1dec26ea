import { type ReactNode, useEffect, useState } from 'react';

const AFTER_MS = 150;
const WIDTHS = [92, 64, 110, 78, 96, 70, 84];

/** Shows its children after 150 ms only: what is there sooner needs no skeleton. */
export function AfterMoment({ children }: { children: ReactNode }) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return due ? children : null;
}

/** Rows of a list that is on its way: the table's own row height, under real headers. */
export function SkeletonRows({
  headers,
  rows = 7,
  label,
}: {
  headers: readonly string[];
  rows?: number;
  /** What is loading: "Loading containers". */
  label: string;
}) {
  return (
    <AfterMoment>
      <div className="card overflow-hidden" role="status" aria-label={label}>
        <table className="tbl" aria-hidden="true">
          <thead>
            <tr>
              {headers.map((header) => (
                <th key={header}>{header}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {WIDTHS.slice(0, rows).map((width) => (
              <tr key={width}>
                {headers.map((header, index) => (
                  <td key={header}>
                    <span className="flex items-center gap-2.5">
                      {index === 0 && <span className="skel w-3.5 h-3.5 !rounded-full" />}
                      <span className="skel h-3" style={{ width: index === 0 ? width : 24 + (width % 53) }} />
                    </span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </AfterMoment>
  );
}
