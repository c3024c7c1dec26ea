import { AfterMoment } from './Skeleton';
import { Spinner } from './StateGlyph';

/** Says that a part of the page is on its way, unless it comes at once. */
export const Loading = () => (
  <AfterMoment>
    <span role="status" className="flex items-center gap-2 p-6 text-fg3">
      <Spinner /> Loading
    </span>
  </AfterMoment>
);
