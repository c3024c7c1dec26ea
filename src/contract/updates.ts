// What the program around the window says of its own updates, and the page orders. It goes over the window's bridge and
// not to the backend: what is updated is the program around both. A browser has no part in it.
import type { Problem } from './problem';

/** A version that the feed offers, newer than the one that runs; the feed's signature fits. */
export interface Update {
  version: string;
  /** Milliseconds since 1970, UTC. */
  publishedAt: number;
  /** Plain text, may be empty. */
  notes: string;
  /** Bytes of the file for this computer; null where the user chooses it on the download page. */
  size: number | null;
}

export type UpdatePhase =
  /** This copy cannot look for updates: it runs from its source, was packaged without a feed, or without a key. */
  | { phase: 'none'; why: 'source' | 'no-feed' | 'unsigned' }
  /** Nothing is known, or nothing newer. */
  | { phase: 'idle' }
  | { phase: 'checking' }
  | { phase: 'available'; update: Update }
  /** `bytes` of `update.size` are there. */
  | { phase: 'downloading'; update: Update; bytes: number }
  /** Downloaded and checked. */
  | { phase: 'ready'; update: Update }
  /** The system's package manager works, and asks for a password first. */
  | { phase: 'installing'; update: Update }
  /** `update` is the one that failed; null when the check for one did. The problem's `retry` repeats what failed. */
  | { phase: 'failed'; problem: Problem; update: Update | null };

export interface UpdatesState {
  /** The version that runs. */
  version: string;
  /** Which package Gantry came in; `by-hand` cannot replace itself, and leads to the download page. */
  way: 'deb' | 'rpm' | 'AppImage' | 'by-hand';
  /** Address of the page with all packages; null without a feed. */
  page: string | null;
  /** When the feed was asked for the last time, in milliseconds since 1970; null when never. */
  checkedAt: number | null;
  now: UpdatePhase;
}

/** `retry` does again what failed; `cancel` ends a check or a download. */
export type UpdateOrder = 'check' | 'download' | 'cancel' | 'restart' | 'retry';
