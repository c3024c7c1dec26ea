import { formatBytes } from './format';

/** A size beside its share of the largest one; `largest` null shows the figure alone. */
export function SizeBar({ bytes, largest }: { bytes: number; largest: number | null }) {
  if (largest === null) return <span className="num">{formatBytes(bytes)}</span>;
  const share = largest > 0 ? (bytes / largest) * 100 : 0;
  return (
    <span className="flex items-center gap-2.5 num">
      <span className="flex h-2 w-[66px] rounded-[2px] overflow-hidden flex-none bg-track" aria-hidden="true">
        <span className="bg-accent" style={{ width: bytes > 0 ? `max(1px, ${share}%)` : 0 }} />
      </span>
      <span className="w-[58px] text-right flex-none">{formatBytes(bytes)}</span>
    </span>
  );
}
