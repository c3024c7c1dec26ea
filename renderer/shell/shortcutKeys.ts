/** The parts of a keyboard event that shortcuts look at. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Keys of a shortcut as written in the interface: "Ctrl K", "Alt ArrowLeft", "F6", "?". Ctrl is ⌘ on macOS. */
export function matchesShortcut(keys: string, press: KeyPress, mac: boolean): boolean {
  const parts = keys.split(' ');
  const key = parts.at(-1) ?? '';
  const wants = (modifier: string) => parts.includes(modifier);
  const control = mac ? press.metaKey : press.ctrlKey;
  if (control !== wants('Ctrl') || press.altKey !== wants('Alt')) return false;
  // Signs such as "?" need Shift on many keyboards: only letters and named keys look at it.
  const named = key.length > 1 || /[a-z]/i.test(key);
  if (named && press.shiftKey !== wants('Shift')) return false;
  return press.key.toLowerCase() === key.toLowerCase();
}

/** Shortcuts without Ctrl or Alt would swallow what is typed into a field. */
export function isPlain(keys: string): boolean {
  return !/\b(Ctrl|Alt)\b/.test(keys) && !/^(Shift )?F\d+$/.test(keys);
}
