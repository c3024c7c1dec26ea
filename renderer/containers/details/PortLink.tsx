import { ArrowUpRight } from 'lucide-react';
import type { PublishedPort } from '#contract/published-ports';

/** A published port: a link where a web page may be behind it, else its address. */
export function PortLink({ port: { address, url } }: { port: PublishedPort }) {
  if (url === null) return <span className="num select-text whitespace-nowrap">{address}</span>;
  return (
    <a
      className="inline-flex items-center gap-1 num whitespace-nowrap"
      href={url}
      target="_blank"
      rel="noreferrer"
    >
      {address}
      <ArrowUpRight size={12} strokeWidth={2} aria-hidden="true" className="opacity-70" />
    </a>
  );
}
