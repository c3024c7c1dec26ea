import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { NumberField } from '#ui/NumberField';
import { Slider } from '#ui/Slider';
import { SettingTitle } from '../parts';
import { Spot } from '../Spot';
import { type SettingId, settingOf } from '../table';
import { sliderMarks } from './resources';

/** An amount as a slider and as a figure, with what it means beside and below. */
export function ResourceRow({
  setting,
  help,
  unit,
  spokenUnit,
  value,
  onChange,
  min,
  max,
  step,
  good,
  note,
  children,
}: {
  setting: SettingId;
  /** Instead of the usual words. */
  help?: string;
  unit: string;
  /** For screen readers, one of the units of Intl.NumberFormat. */
  spokenUnit?: string;
  value: number;
  onChange: (value: number) => void;
  min: number;
  max: number;
  step: number;
  good: readonly [number, number];
  /** What the change means: "Was 8 GB. …" */
  note?: string | undefined;
  children?: ReactNode;
}) {
  const { title } = settingOf(setting);
  return (
    <Spot
      setting={setting}
      className="grid grid-cols-[210px_minmax(0,1fr)_104px] max-[1039px]:grid-cols-[156px_minmax(0,1fr)_104px] max-[799px]:grid-cols-1 gap-6 max-[1039px]:gap-5 px-5 py-3.5"
    >
      <div>
        <SettingTitle setting={setting} help={help} />
      </div>
      <div className="min-w-0 pt-2">
        <Slider
          label={title}
          value={value}
          onChange={onChange}
          min={min}
          max={max}
          step={step}
          good={good}
          marks={sliderMarks(min, max, spokenUnit ? ` ${unit}` : '')}
          unit={spokenUnit}
        />
        {note && (
          <p className="flex items-start gap-1.5 text-12 text-fg2 mt-1.5 num">
            <Pencil size={12} className="text-accent-fg shrink-0 mt-0.5" aria-hidden="true" />
            {note}
          </p>
        )}
        {children}
      </div>
      <NumberField
        label={`${title}, figure`}
        labelHidden
        value={value}
        onChange={(next) => next !== null && onChange(next)}
        min={min}
        max={max}
        step={step}
        unit={unit}
      />
    </Spot>
  );
}
