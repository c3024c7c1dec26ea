import { memo } from 'react';
import { sparklinePath } from './sparklinePath';

/** How many points a sparkline holds; older ones fall out at the left. */
export const SPARKLINE_POINTS = 22;

/** A trend without axes. Its figure stands beside it. Empty or all-zero series draw the dashed baseline. */
export const Sparkline = memo(function Sparkline({
  values,
  color = 'var(--g-data-1)',
  floor,
  width = 46,
  height = 18,
}: {
  /** Oldest first; a new array for new values. */
  values: readonly number[];
  color?: string;
  /** The smallest top of the scale, so that noise near zero does not look like load. */
  floor: number;
  width?: number;
  height?: number;
}) {
  const path = sparklinePath(values, { floor, width, height, points: SPARKLINE_POINTS });
  return (
    <svg aria-hidden="true" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      {path === null ? (
        <path d={`M0 ${height - 1.5}H${width}`} stroke="var(--g-line-control)" strokeDasharray="2 2" />
      ) : (
        <>
          <path d={`${path.line}V${height}H${path.start}Z`} fill={color} opacity=".14" />
          <path d={path.line} fill="none" stroke={color} strokeWidth="1.25" strokeLinejoin="round" />
        </>
      )}
    </svg>
  );
});
