import { create } from 'zustand';
import { SPARKLINE_POINTS } from '#ui/Sparkline';

/** Nothing tells when a program takes memory, so it is read again this often while the page is on screen. */
export const AGAIN_MS = 10_000;

interface MemoryHistory {
  /** What programs in the VM used, oldest first. */
  usedBytes: readonly number[];
  /** When the newest of them was read. */
  at: number;
}

export const useVmMemoryHistory = create<MemoryHistory>(() => ({ usedBytes: [], at: 0 }));

/** The history with a further reading; after a pause it begins anew, as a line across it would lie. */
export function withReading(history: MemoryHistory, usedBytes: number, at: number): MemoryHistory {
  const known = at - history.at > 3 * AGAIN_MS ? [] : history.usedBytes;
  return { usedBytes: [...known, usedBytes].slice(-SPARKLINE_POINTS), at };
}
