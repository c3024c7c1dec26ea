import { useEffect, useRef } from 'react';
import { isMac } from '../ui/platform';
import { isPlain, matchesShortcut } from './shortcutKeys';

export interface Shortcut {
  /** "Ctrl K", "F6", "/". */
  keys: string;
  /** For the list of shortcuts: "Command palette". */
  label: string;
  group?: 'Everywhere' | 'This page';
}

interface Registered extends Shortcut {
  run: () => void;
}

const registered = new Set<Registered>();

/** Runs `run` on the keys while the component is mounted; null keys register nothing. The latest one wins. */
export function useShortcut(shortcut: Shortcut | null, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  const { keys, label, group = 'This page' } = shortcut ?? { keys: null, label: '' };
  useEffect(() => {
    if (keys === null) return;
    const entry: Registered = { keys, label, group, run: () => latest.current() };
    registered.add(entry);
    return () => {
      registered.delete(entry);
    };
  }, [keys, label, group]);
}

/** What can be pressed right now, for the list of shortcuts. */
export function activeShortcuts(): readonly Shortcut[] {
  return [...registered];
}

/** Listens on the document once; returns the end of it. */
export function listenForShortcuts(): () => void {
  const owner = new AbortController();
  document.addEventListener('keydown', (event) => handle(event), { signal: owner.signal });
  return () => owner.abort();
}

function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : null;
  const inDialog = document.querySelector('.scrim') !== null;
  const inTerminal = target?.closest('.xterm') != null;
  const inField = target?.closest('input, textarea, [contenteditable="true"], [role="textbox"]') != null;
  for (const shortcut of [...registered].reverse()) {
    if (!matchesShortcut(shortcut.keys, event, isMac())) continue;
    // A dialog has its own keys, a terminal takes them all; F6 leads out of a terminal.
    if (inDialog || (inTerminal && shortcut.keys !== 'F6')) return;
    if (inField && isPlain(shortcut.keys)) return;
    event.preventDefault();
    shortcut.run();
    return;
  }
}
