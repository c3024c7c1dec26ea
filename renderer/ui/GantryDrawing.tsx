/** The empty gantry: nothing on the hook, an outline where a container could stand. */
export function GantryDrawing() {
  return (
    <svg width="132" height="92" viewBox="0 0 132 92" aria-hidden="true">
      <path
        d="M6 86H126M6 86v6M16 86v3M26 86v3M36 86v6M46 86v3M56 86v3M66 86v6M76 86v3M86 86v3M96 86v6M106 86v3M116 86v3M126 86v6"
        stroke="var(--g-illo-tick)"
      />
      <path d="M24 86V20M108 86V20" stroke="var(--g-brand-steel)" strokeWidth="3.5" />
      <path d="M12 17H120" stroke="var(--g-brand-steel)" strokeWidth="5" strokeLinecap="round" />
      <rect x="56" y="17" width="20" height="7" rx="2" fill="var(--g-accent)" />
      <path d="M60 24V44M72 24V44" stroke="var(--g-brand-steel)" strokeWidth="1.25" />
      <path d="M50 45h32" stroke="var(--g-brand-steel)" strokeWidth="3" strokeLinecap="round" />
      <rect
        x="44"
        y="58"
        width="44"
        height="24"
        rx="3"
        fill="none"
        stroke="var(--g-illo-tick)"
        strokeWidth="1.75"
        strokeDasharray="4 3"
      />
    </svg>
  );
}
