import type { ClipboardEvent } from 'react';
import { plainText } from './ansi';
import type { LineStore } from './LineStore';

const rowOf = (node: Node | null) => {
  const element = node instanceof Element ? node : node?.parentElement;
  const number = element?.closest<HTMLElement>('[data-line]')?.dataset.line;
  return number === undefined ? null : Number(number);
};

/** Lines as text, without colours. */
export function linesText(
  store: LineStore,
  timestamps: boolean,
  from = store.first,
  end = store.end,
): string {
  const lines: string[] = [];
  for (let number = from; number < end; number += 1) {
    const { text, time } = store.line(number);
    const stamp = timestamps && !Number.isNaN(time) ? `${new Date(time).toISOString()} ` : '';
    lines.push(`${stamp}${plainText(text)}`);
  }
  return lines.join('\n');
}

/** A selection over several rows is copied as whole lines, also those between that are not drawn. */
export function copyLines(event: ClipboardEvent, store: LineStore, timestamps: boolean): void {
  const selection = document.getSelection();
  const anchor = rowOf(selection?.anchorNode ?? null);
  const focus = rowOf(selection?.focusNode ?? null);
  if (anchor === null || focus === null || anchor === focus) return;
  const from = Math.max(store.first, Math.min(anchor, focus));
  event.clipboardData.setData('text/plain', linesText(store, timestamps, from, Math.max(anchor, focus) + 1));
  event.preventDefault();
}
