import { isMac } from './platform';

const SIGNS: Record<string, string> = { Enter: '↵', ArrowLeft: '←', ArrowRight: '→' };
const MAC_SIGNS: Record<string, string> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' };

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
  return (isMac() ? MAC_SIGNS[key] : undefined) ?? SIGNS[key] ?? key;
}
