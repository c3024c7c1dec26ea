interface GlyphProps {
  size?: number;
}

/** Transport glyphs are solid, so that Stop never looks like a checkbox. */
function Solid({ size = 14, children }: GlyphProps & { children: React.ReactNode }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 24 24" fill="currentColor">
      {children}
    </svg>
  );
}

export function PlayIcon({ size = 15 }: GlyphProps) {
  return (
    <Solid size={size}>
      <path d="M7 4.6v14.8a1 1 0 0 0 1.52.86l12.1-7.4a1 1 0 0 0 0-1.72L8.52 3.74A1 1 0 0 0 7 4.6Z" />
    </Solid>
  );
}

export function StopIcon({ size = 13 }: GlyphProps) {
  return (
    <Solid size={size}>
      <rect x="5" y="5" width="14" height="14" rx="2.5" />
    </Solid>
  );
}

export function PauseIcon({ size = 13 }: GlyphProps) {
  return (
    <Solid size={size}>
      <rect x="5" y="4" width="5" height="16" rx="1.5" />
      <rect x="14" y="4" width="5" height="16" rx="1.5" />
    </Solid>
  );
}

/** The application's mark. */
export function GantryMark({ size = 20 }: GlyphProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" role="img" aria-label="Gantry">
      <rect width="20" height="20" rx="4.5" fill="#104757" />
      <path d="M2 4h16v2H2z M3 6h2v10H3z M15 6h2v10h-2z M9 6h2v2H9z" fill="#eef6f8" />
      <path d="M6 8h8v6H6z" fill="#f6964a" />
    </svg>
  );
}
