import type { RowLayout } from './RowLayout';
import type { Hit } from './search';

/** Marks that are told apart on a scrollbar. */
const places = 200;

/** Where the hits are in the whole log, beside the scrollbar. */
export function HitMarks({
  hits,
  layout,
  active,
}: {
  hits: readonly Hit[];
  layout: RowLayout;
  active: Hit | null;
}) {
  if (hits.length === 0 || layout.height === 0) return null;
  const placeOf = (hit: Hit) => Math.round((layout.top(layout.row(hit.line)) / layout.height) * places);
  const marks = new Set(hits.map(placeOf));
  return (
    <div className="hit-marks" aria-hidden="true">
      {[...marks].map((place) => (
        <i key={place} style={{ top: `${(place / places) * 100}%` }} />
      ))}
      {active && <i className="on" style={{ top: `${(placeOf(active) / places) * 100}%` }} />}
    </div>
  );
}
