import { Slider as AriaSlider, Label, SliderThumb, SliderTrack } from 'react-aria-components';

export interface SliderMark {
  value: number;
  label: string;
}

/**
 * A number on a line, with the range that is good for it drawn in green below. The figure in digits belongs beside
 * it, in a NumberField of the same label.
 */
export function Slider({
  label,
  value,
  onChange,
  min,
  max,
  step,
  good,
  marks = [],
  unit,
}: {
  /** The accessible name. */
  label: string;
  value: number;
  onChange: (value: number) => void;
  min: number;
  max: number;
  step: number;
  /** First and last good value. */
  good?: readonly [number, number] | undefined;
  /** Figures below the line. The first and the last stand at its ends. */
  marks?: readonly SliderMark[];
  /** One of the units of Intl.NumberFormat, for screen readers: `gigabyte`. */
  unit?: string;
}) {
  const shareOf = (of: number) => (max > min ? Math.min(1, Math.max(0, (of - min) / (max - min))) * 100 : 0);
  return (
    <AriaSlider
      className="slider"
      value={Math.min(max, Math.max(min, value))}
      onChange={onChange}
      minValue={min}
      maxValue={max}
      step={step}
      formatOptions={unit ? { style: 'unit', unit, unitDisplay: 'long' } : undefined}
    >
      <Label className="sr-only">{label}</Label>
      <SliderTrack className="slider-track">
        <span className="slider-line" />
        <span className="slider-line on" style={{ width: `${shareOf(value)}%` }} />
        {good && (
          <span
            className="slider-good"
            style={{ left: `${shareOf(good[0])}%`, width: `${shareOf(good[1]) - shareOf(good[0])}%` }}
          />
        )}
        <SliderThumb className="thumb slider-thumb" />
      </SliderTrack>
      <span className="slider-marks" aria-hidden="true">
        {marks.map((mark) => (
          <span key={mark.value} style={{ left: `${shareOf(mark.value)}%` }}>
            {mark.label}
          </span>
        ))}
      </span>
    </AriaSlider>
  );
}
