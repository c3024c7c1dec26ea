import type { SliderMark } from '#ui/Slider';

/** Marks closer than this share of the line would run into each other. */
const CLOSEST = 0.15;

/**
 * Figures below a slider: its two ends with the unit, and the powers of two between them as far as there is room,
 * the largest first.
 */
export function sliderMarks(min: number, max: number, unit = ''): SliderMark[] {
  if (max <= min) return [{ value: min, label: `${min}${unit}` }];
  const room = (max - min) * CLOSEST;
  const between: number[] = [];
  for (let power = 2 ** Math.floor(Math.log2(max)); power > min; power /= 2) {
    if ((between[0] ?? max) - power >= room && power - min >= room) between.unshift(power);
  }
  return [
    { value: min, label: `${min}${unit}` },
    ...between.map((value) => ({ value, label: String(value) })),
    { value: max, label: `${max}${unit}` },
  ];
}

/** Whether a value is outside of the range that is good for this computer. */
export function rangeWarning(value: number, [low, high]: readonly [number, number]): string | undefined {
  if (value < low) return 'That is little: programs may run out of it.';
  return value > high ? 'That is much: your other programs may get slow.' : undefined;
}
