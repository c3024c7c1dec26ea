import { formatAgo, formatDuration, formatExact } from '#ui/format';
import { tip } from '#ui/tip';
import { useClock } from './clock';

/** How old something is, with the exact time in its tooltip. Builds that hide their date have none. */
export function Age({ at, ago = false }: { at: number | null; ago?: boolean }) {
  const now = useClock();
  if (at === null || at <= 0) return <span className="text-fg3">unknown</span>;
  return (
    <span className="num" {...tip(formatExact(at))}>
      {ago ? formatAgo(at, now) : formatDuration(now - at)}
    </span>
  );
}
