import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Candidate } from './endpoints';

/**
 * Waits until a candidate's socket appears or changes, at most `limitMs`, so that an engine that was just started
 * is seen at once. Says whether a socket was the reason.
 */
export async function waitForSocket(
  candidates: Candidate[],
  limitMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const watchers: FSWatcher[] = [];
  let finish: (appeared: boolean) => void = () => undefined;
  const appeared = new Promise<boolean>((resolve) => {
    finish = resolve;
  });
  const giveUp = () => finish(false);
  const timer = setTimeout(giveUp, limitMs);
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  for (const { host } of candidates) {
    if (!host.startsWith('unix://')) continue;
    const path = host.slice('unix://'.length);
    const watcher = watchFolder(dirname(path), (name) => name === basename(path) && finish(true));
    if (watcher) watchers.push(watcher);
  }
  try {
    return await appeared;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
    for (const watcher of watchers) watcher.close();
  }
}

function watchFolder(folder: string, onChange: (name: string | null) => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, (_event, name) => onChange(name));
    // The folder vanished: the timer goes on alone.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    // There is no such folder, or no right to watch it: then the timer does.
    return null;
  }
}
