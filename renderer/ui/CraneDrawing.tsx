/** Above the middle of the left and of the right place. */
const LEFT = 83;
const RIGHT = 217;
const TICKS = Array.from({ length: 29 }, (_, index) => 10 + index * 10);

/** The gantry crane at work: where its trolley stands is how far the work is. Words must stand beside it. */
export function CraneDrawing({
  progress,
  state,
}: {
  /** 0 to 1. */
  progress: number;
  /** `resting`: the load stands on the ground. */
  state: 'working' | 'failed' | 'resting';
}) {
  const x = LEFT + Math.min(1, Math.max(0, progress)) * (RIGHT - LEFT);
  const hook = state === 'resting' ? 112 : 76;
  return (
    <svg width="300" height="184" viewBox="0 0 300 184" aria-hidden="true">
      <path
        d={TICKS.map((at, index) => `M${at} 172v${index % 5 === 0 ? 8 : 4}`).join('')}
        stroke="var(--g-illo-tick)"
      />
      <path d="M4 171.500H296" stroke="var(--g-illo-tick)" strokeWidth="1.25" />
      {[54, 188].map((slot) => (
        <rect
          key={slot}
          x={slot}
          y="137"
          width="58"
          height="32"
          rx="3"
          fill="none"
          stroke="var(--g-illo-tick)"
          strokeWidth="1.25"
          strokeDasharray="4 3"
        />
      ))}
      <g stroke="var(--g-brand-steel)" fill="none">
        <path d="M34 166V32M266 166V32" strokeWidth="4.5" />
        <path d="M34 66 52 36M266 66 248 36" strokeWidth="3" />
        <path
          d={`M22 22${'l9-10 9 10'.repeat(14)}`}
          strokeWidth="1.5"
          strokeLinejoin="round"
          transform="translate(2 0)"
        />
        <path d="M33 12H267" strokeWidth="1.5" />
      </g>
      <rect x="16" y="22" width="268" height="10" rx="3" fill="var(--g-brand-steel)" />
      <rect x="22" y="164" width="24" height="7" rx="2.5" fill="var(--g-brand-steel)" />
      <rect x="254" y="164" width="24" height="7" rx="2.5" fill="var(--g-brand-steel)" />
      <g className="crane-trolley" style={{ transform: `translateX(${x}px)` }}>
        <rect
          x="-16"
          y="31"
          width="32"
          height="9"
          rx="2"
          fill={state === 'failed' ? 'var(--g-danger)' : 'var(--g-accent)'}
        />
        <path
          d={`M-10 40V${hook + 22}M10 40V${hook + 22}`}
          stroke="var(--g-brand-steel)"
          strokeWidth="1.25"
        />
        <g style={{ transform: `translateY(${hook}px)` }}>
          <rect x="-25" y="20" width="50" height="4" rx="2" fill="var(--g-brand-steel)" />
          <rect x="-30" y="26" width="60" height="32" rx="3" fill="var(--g-brand-load)" />
          <path
            d="M-20 31v22M-10 31v22M0 31v22M10 31v22M20 31v22"
            stroke="var(--g-brand-load-2)"
            strokeWidth="2.5"
            strokeLinecap="round"
          />
          {state === 'failed' && (
            <g transform="translate(26 12)">
              <path
                d="M12 2 23 21H1z"
                fill="var(--g-danger)"
                stroke="var(--g-canvas)"
                strokeWidth="2"
                strokeLinejoin="round"
              />
              <path d="M12 9v5" stroke="var(--g-canvas)" strokeWidth="2" strokeLinecap="round" />
              <circle cx="12" cy="17.500" r="1.200" fill="var(--g-canvas)" />
            </g>
          )}
        </g>
      </g>
    </svg>
  );
}
