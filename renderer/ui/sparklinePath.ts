interface Frame {
  floor: number;
  width: number;
  height: number;
  points: number;
}

/** The line of a sparkline and the x where it starts, or null when there is nothing but zeroes. */
export function sparklinePath(
  values: readonly number[],
  frame: Frame,
): { line: string; start: string } | null {
  const shown = values.slice(-frame.points);
  if (shown.length < 2 || shown.every((value) => value === 0)) return null;
  const top = Math.max(frame.floor, ...shown) * 1.15;
  const step = frame.width / (frame.points - 1);
  const first = frame.points - shown.length;
  const at = (value: number, index: number) => {
    const x = (first + index) * step;
    const y = frame.height - 1 - (value / top) * (frame.height - 2);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  return {
    line: `M${shown.map(at).join('L')}`,
    start: (first * step).toFixed(1),
  };
}
