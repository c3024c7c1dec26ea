import type { ReactElement } from 'react';
import { classes } from './classes';

/** The states of the design language. Each has its own shape and is always shown beside its word. */
export type StateName =
  | 'running'
  | 'paused'
  | 'exited'
  | 'created'
  | 'failed'
  | 'unhealthy'
  | 'restarting'
  | 'busy';

const SHAPES: Record<StateName, ReactElement> = {
  running: <circle cx="7" cy="7" r="4.75" fill="var(--g-state-running)" />,
  paused: (
    <g fill="var(--g-state-paused)">
      <rect x="3" y="2.5" width="2.8" height="9" rx="1" />
      <rect x="8.2" y="2.5" width="2.8" height="9" rx="1" />
    </g>
  ),
  exited: <circle cx="7" cy="7" r="4.25" fill="none" stroke="var(--g-state-exited)" strokeWidth="1.6" />,
  created: (
    <circle
      cx="7"
      cy="7"
      r="4.6"
      fill="none"
      stroke="var(--g-state-created)"
      strokeWidth="1.5"
      strokeDasharray="1.7 1.91"
    />
  ),
  failed: (
    <>
      <rect x="2" y="2" width="10" height="10" rx="2.5" fill="var(--g-state-failed)" />
      <path d="M5 5l4 4M9 5l-4 4" stroke="var(--g-surface)" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
  unhealthy: (
    <>
      <path
        d="M7 1.6 13 12.2H1z"
        fill="var(--g-state-unhealthy)"
        stroke="var(--g-state-unhealthy)"
        strokeWidth="1.2"
        strokeLinejoin="round"
      />
      <path d="M7 5.2v3.2" stroke="var(--g-surface)" strokeWidth="1.5" strokeLinecap="round" />
      <circle cx="7" cy="10.5" r=".85" fill="var(--g-surface)" />
    </>
  ),
  restarting: (
    <g
      fill="none"
      stroke="var(--g-state-restarting)"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M2.2 6.2A5 5 0 0 1 11 4" />
      <path d="M11.4 1.6V4.3H8.7" />
      <path d="M11.8 7.8A5 5 0 0 1 3 10" />
      <path d="M2.6 12.4V9.7H5.3" />
    </g>
  ),
  busy: (
    <>
      <circle cx="7" cy="7" r="4.6" fill="none" stroke="var(--g-track)" strokeWidth="1.7" />
      <path
        className="spin"
        d="M7 2.4A4.6 4.6 0 1 1 2.4 7"
        fill="none"
        stroke="var(--g-state-busy)"
        strokeWidth="1.7"
        strokeLinecap="round"
      />
    </>
  ),
};

/** The shape alone, hidden from screen readers: a word must stand beside it. */
export function StateGlyph({ state, size = 14 }: { state: StateName; size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 14 14">
      {SHAPES[state]}
    </svg>
  );
}

/** Shape and word together. */
export function StateLabel({ state, word, size }: { state: StateName; word: string; size?: number }) {
  return (
    <span className="state">
      <StateGlyph state={state} size={size} />
      <span>{word}</span>
    </span>
  );
}

/** The turning arc for work of unknown length. */
export function Spinner({ size = 14, className }: { size?: number; className?: string }) {
  return (
    <span className={classes('inline-grid', className)}>
      <StateGlyph state="busy" size={size} />
    </span>
  );
}
