import { ArrowUpRight } from 'lucide-react';

/** A published port as a link that opens in the browser. */
export function PortLink({ address }: { address: string }) {
  return (
    <a
      className="inline-flex items-center gap-1 num whitespace-nowrap"
      href={`http://${address}`}
      target="_blank"
      rel="noreferrer"
    >
      {address}
      <ArrowUpRight size={12} strokeWidth={2} aria-hidden="true" className="opacity-70" />
    </a>
  );
}
