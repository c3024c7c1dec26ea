import type { ReactNode } from 'react';

/** The text with hits marked; `on` for those of the place that is shown. */
export function marks(text: string, wanted: string, on: boolean): ReactNode {
  if (wanted === '') return text;
  const lower = text.toLowerCase();
  const low = lower.length === text.length ? lower : text;
  const needle = wanted.toLowerCase();
  const parts: ReactNode[] = [];
  let from = 0;
  for (let at = low.indexOf(needle); at >= 0; at = low.indexOf(needle, from)) {
    if (at > from) parts.push(text.slice(from, at));
    from = at + needle.length;
    parts.push(
      <mark key={at} className={on ? 'on' : undefined}>
        {text.slice(at, from)}
      </mark>,
    );
  }
  if (parts.length === 0) return text;
  parts.push(text.slice(from));
  return parts;
}
