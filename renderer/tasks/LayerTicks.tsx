import type { LayerProgress } from '#contract';
import { layerFraction } from './words';

/** What fits into the width of the list. */
const TICKS = 40;

/** A pull's progress: rail marks, a stretch of them for each layer, as the engine downloads several at once. */
export function LayerTicks({
  layers,
  fraction,
  label,
  valueText,
}: {
  layers: readonly LayerProgress[];
  /** 0 to 1; null while not every layer has told its size. */
  fraction: number | null;
  label: string;
  valueText: string;
}) {
  const each = Math.max(1, Math.floor(TICKS / layers.length));
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={fraction === null ? undefined : Math.floor(fraction * 100)}
      aria-valuetext={valueText}
      className="flex flex-1 min-w-0 gap-[5px]"
    >
      {layers.map((layer) => (
        <Stretch key={layer.id} ticks={each} lit={Math.ceil(layerFraction(layer) * each)} />
      ))}
    </span>
  );
}

function Stretch({ ticks, lit }: { ticks: number; lit: number }) {
  return (
    <span className="ticks">
      {Array.from({ length: ticks }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tick is its position
        <i key={index} style={index < lit ? { background: 'var(--g-accent)' } : undefined} />
      ))}
    </span>
  );
}
