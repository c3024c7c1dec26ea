import { isMac } from './platform';

const MAC_SIGNS: Record<string, string> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↵' };

/** Keys as caps: `keys="Ctrl K"`. On macOS Ctrl is shown as ⌘. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-[3px] shrink-0" aria-hidden="true">
      {keys.split(' ').map((key) => (
        <kbd className="kbd" key={key}>
          {keyLabel(key)}
        </kbd>
      ))}
    </span>
  );
}

/** The label of one key on this platform. */
export function keyLabel(key: string): string {
  if (isMac()) return MAC_SIGNS[key] ?? key;
  return key === 'Enter' ? '↵' : key;
}
