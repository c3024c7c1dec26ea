import { Dialog } from '../ui/Dialog';
import { Kbd } from '../ui/Kbd';
import { activeShortcuts, type Shortcut } from './shortcuts';

/** Keys that lists hear themselves; they are not registered. */
const LIST_KEYS: readonly Shortcut[] = [
  { keys: '↑ ↓ Home End', label: 'Move in the list' },
  { keys: 'Enter', label: 'Open' },
  { keys: 'Space', label: 'Select' },
  { keys: 'Ctrl A', label: 'Select all' },
  { keys: '← →', label: 'Fold, unfold a group' },
  { keys: 'Shift F10', label: 'Row menu' },
  { keys: 'L', label: 'Logs' },
  { keys: 'T', label: 'Terminal' },
  { keys: 'S', label: 'Start or stop' },
  { keys: 'R', label: 'Restart' },
  { keys: 'P', label: 'Pause' },
  { keys: 'F2', label: 'Rename' },
  { keys: 'Del', label: 'Delete' },
];

/** All shortcuts that work right now. */
export function ShortcutList({ onClose }: { onClose: () => void }) {
  const shortcuts = activeShortcuts();
  const everywhere = shortcuts.filter((shortcut) => shortcut.group === 'Everywhere');
  const here = shortcuts.filter((shortcut) => shortcut.group === 'This page');
  return (
    <Dialog title="Keyboard shortcuts" width={600} onClose={onClose}>
      <div className="px-5 pt-3 pb-5 grid grid-cols-2 gap-x-8 gap-y-5 content-start">
        <ShortcutGroup title="Everywhere" shortcuts={everywhere} />
        <div className="grid gap-5 content-start">
          <ShortcutGroup title="In lists" shortcuts={LIST_KEYS} />
          {here.length > 0 && <ShortcutGroup title="On this page" shortcuts={here} />}
        </div>
      </div>
    </Dialog>
  );
}

function ShortcutGroup({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  return (
    <section>
      <h3 className="cap mb-1">{title}</h3>
      <ul>
        {shortcuts.map((shortcut) => (
          <li key={shortcut.keys} className="flex items-center h-7 gap-3">
            <span className="truncate">{shortcut.label}</span>
            <span className="ml-auto">
              <Kbd keys={shortcut.keys} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
