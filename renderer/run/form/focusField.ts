/** Moves focus to a field with a problem: on its fix if it has one, else into it. */
export function focusField(body: HTMLElement | null, field: string): void {
  const parts = field.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const name = CSS.escape(parts.slice(0, length).join('.'));
    const row = body?.querySelector(`[data-run-field="${name}"]`);
    const target =
      row?.querySelector<HTMLElement>('[data-run-fixes] button') ??
      row?.querySelector<HTMLElement>('input, textarea, button');
    if (!target) continue;
    target.focus();
    target.scrollIntoView({ block: 'nearest' });
    return;
  }
}

/** Moves focus from a button of a finding, which goes with it, into the field that it is about. */
export function focusFieldOf(button: HTMLElement): void {
  button.closest('[data-run-field]')?.querySelector<HTMLElement>('input, textarea')?.focus();
}
