/** Middle of the left and of the right place on the ground. */
const LEFT = 152;
const RIGHT = 278;
const GROUND = Array.from({ length: 41 }, (_, index) => index);
const WALL = Array.from({ length: 18 }, (_, index) => index);

/** The gantry crane beside the first steps: where its load hangs is how far they are. Words stand beside it. */
export function TallCrane({
  progress,
  state,
}: {
  /** 0 to 1. */
  progress: number;
  /** `set`: the load stands in its place. */
  state: 'carrying' | 'failed' | 'set';
}) {
  const x = state === 'set' ? RIGHT : LEFT + Math.min(1, Math.max(0, progress)) * (RIGHT - LEFT);
  const hook = state === 'set' ? 540 : 330;
  return (
    <svg width="420" height="740" viewBox="0 0 420 740" aria-hidden="true" className="max-h-full">
      <g stroke="var(--g-illo-tick)" fill="none" strokeWidth="1.25">
        <path d={GROUND.map((at) => `M${10 + at * 10} 662v${at % 5 === 0 ? 10 : 5}`).join('')} />
        <path d={WALL.map((at) => `M36 ${184 + at * 25}h${at % 4 === 0 ? 10 : 5}`).join('')} />
        <path d="M0 658H420" strokeWidth="1.5" />
        <rect x="100" y="607" width="104" height="50" rx="4" strokeDasharray="5 4" strokeWidth="1.5" />
        <rect x="226" y="607" width="104" height="50" rx="4" strokeDasharray="5 4" strokeWidth="1.5" />
      </g>
      <g stroke="var(--g-brand-steel)" fill="none" strokeLinejoin="round">
        <path d="M74 650V148M346 650V148" strokeWidth="7" />
        <path d="M74 214 110 156M346 214 310 156" strokeWidth="4.5" />
        <path d={`M30 134${'l15-16 15 16'.repeat(12)}`} strokeWidth="2.25" />
        <path d="M44 117.5H376" strokeWidth="2.5" />
      </g>
      <g fill="var(--g-brand-steel)">
        <rect x="54" y="646" width="40" height="10" rx="4" />
        <rect x="326" y="646" width="40" height="10" rx="4" />
        <rect x="22" y="134" width="376" height="16" rx="5" />
      </g>
      <g className="crane-trolley" style={{ transform: `translateX(${x}px)` }}>
        <rect
          x="-26"
          y="148"
          width="52"
          height="16"
          rx="4"
          fill={state === 'failed' ? 'var(--g-danger)' : 'var(--g-accent)'}
        />
        <path d={`M-17 164V${hook}M17 164V${hook}`} stroke="var(--g-brand-steel)" strokeWidth="1.75" />
        <rect x="-42" y={hook} width="84" height="7" rx="2.5" fill="var(--g-brand-steel)" />
        <Load y={state === 'set' ? 607 : hook + 9} failed={state === 'failed'} />
      </g>
    </svg>
  );
}

function Load({ y, failed }: { y: number; failed: boolean }) {
  return (
    <g style={{ transform: `translateY(${y}px)` }}>
      <rect x="-52" width="104" height="50" rx="4" fill="var(--g-brand-load)" />
      <path
        d="M-35.5 9v32M-17.7 9v32M0 9v32M17.7 9v32M35.5 9v32"
        stroke="var(--g-brand-load-2)"
        strokeWidth="4"
        strokeLinecap="round"
      />
      {failed && (
        <g transform="translate(42 -20)" stroke="var(--g-canvas)" strokeWidth="2" strokeLinecap="round">
          <path d="M20 2 37 33H3z" fill="var(--g-danger)" strokeLinejoin="round" />
          <path d="M20 14v8" />
          <circle cx="20" cy="27.5" r="1" fill="var(--g-canvas)" />
        </g>
      )}
    </g>
  );
}
