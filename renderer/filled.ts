import { createElement, Fragment, type ReactNode } from 'react';

/** What stands in a sentence: a value, or what is marked up, which gets the words inside. */
type Part = ReactNode | ((inside: ReactNode) => ReactNode);

const MARK = /\{(\d+)\}|<(\d+)\/>|<(\d+)>([\s\S]*?)<\/\3>/g;

/**
 * A translated sentence with its values and marked-up words: `Open <0>the log</0> of {1}`. Its text stays one with a
 * single text inside, for components that take nothing else.
 */
export function filled(sentence: string, parts: readonly Part[]): ReactNode {
  const nodes: ReactNode[] = [];
  let from = 0;
  for (const match of sentence.matchAll(MARK)) {
    const [whole, value, alone, around, inside = ''] = match;
    if (match.index > from) nodes.push(sentence.slice(from, match.index));
    const part = parts[Number(value ?? alone ?? around)];
    nodes.push(typeof part === 'function' ? part(filled(inside, parts)) : part);
    from = match.index + whole.length;
  }
  if (from < sentence.length) nodes.push(sentence.slice(from));
  return nodes.length === 1 ? nodes[0] : createElement(Fragment, null, ...nodes);
}
