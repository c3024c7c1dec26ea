import { Check } from 'lucide-react';
import type { VmUsage } from '#contract';
import { SPARKLINE_POINTS } from '#ui/Sparkline';
import { StateGlyph, type StateName } from '#ui/StateGlyph';
import { useTotals } from '../containers/list/liveStats';
import { useClock } from '../data/clock';
import { useEngine } from '../data/projection';
import { useVm } from '../data/vm';
import { useEngineChoice } from '../engine/choice';
import { lookOfEngine } from '../engine/vmWords';
import { formatBytes, formatMemory, formatPercent, plural } from '../ui/format';
import { sparklinePath } from '../ui/sparklinePath';
import { tip } from '../ui/tip';
import { useVmMemoryHistory } from './memoryHistory';

const WIDTH = 150;
const HEIGHT = 34;

const tones: Partial<Record<StateName, string>> = { running: 'bg-ok-soft', restarting: 'bg-warn-soft' };

/** The engine's state as a headline: a VM that sleeps is no missing engine. */
function useHeadline(): { glyph: StateName; title: string; tone: string } {
  const { glyph, title } = lookOfEngine(useEngine(), useVm(), useEngineChoice().choice, useClock());
  return {
    glyph,
    title: glyph === 'running' ? 'The engine is healthy' : title,
    tone: tones[glyph] ?? 'bg-sunken',
  };
}

/** Whether the engine is well, and how much of the computer all that runs takes. */
export function EngineCard({
  followed,
  running,
  vmMemory,
}: {
  followed: readonly string[];
  running: number;
  /** The VM's memory, when the engine runs in it. */
  vmMemory: VmUsage['memory'] | undefined;
}) {
  const engine = useEngine();
  const { facts } = engine;
  const cpu = useTotals(followed, 'cpu');
  const memory = useTotals(followed, 'memoryBytes');
  const { glyph, title, tone } = useHeadline();
  const limited = running > followed.length ? `, of ${plural(followed.length, 'container')}` : '';
  const usedCores = cpu.at(-1) ?? 0;
  const usedBytes = memory.at(-1) ?? 0;
  const measured = cpu.length > 0 || running === 0;
  return (
    <section className="card flex items-center py-4 min-w-0" aria-label="Engine health">
      <div className="px-4 w-[304px] max-[1040px]:w-[240px] shrink-0 flex gap-3 items-center">
        <span className={`grid place-items-center w-10 h-10 rounded-10 shrink-0 ${tone}`}>
          <StateGlyph state={glyph} size={20} />
        </span>
        <div className="min-w-0">
          <h2 className="h2">{title}</h2>
          <div className="text-12 text-fg3 flex flex-wrap gap-x-2.5 mt-0.5">
            <Fact text={engine.endpoint?.label ?? 'Docker'} tooltip={engine.endpoint?.host} />
            {facts && <Fact text={`Engine ${facts.version}`} tooltip={`API ${facts.apiVersion}`} />}
          </div>
        </div>
      </div>
      <Figure
        title="CPU"
        value={measured && facts ? formatPercent(usedCores / Math.max(1, facts.cpus)) : ''}
        beside={facts ? `${usedCores.toFixed(1)} of ${plural(facts.cpus, 'core')}${limited}` : ''}
        values={cpu}
        floor={0.1}
        color="var(--g-data-1)"
      />
      {vmMemory ? (
        <VmMemory memory={vmMemory} />
      ) : (
        <Figure
          title="Memory"
          value={measured ? formatBytes(usedBytes) : ''}
          beside={facts ? `of ${formatBytes(facts.memoryBytes)}${limited}` : ''}
          values={memory}
          floor={64_000_000}
          color="var(--g-data-3)"
        />
      )}
    </section>
  );
}

/** What programs in the VM use, and what the VM therefore holds of this computer. */
function VmMemory({ memory }: { memory: NonNullable<VmUsage['memory']> }) {
  const { usedBytes } = useVmMemoryHistory();
  const limitMiB = useVm()?.resources?.memoryMiB;
  const limit = formatMemory(limitMiB === undefined ? memory.guestTotalBytes : limitMiB * 1024 ** 2);
  const held = formatMemory(memory.hostHeldBytes);
  return (
    <Figure
      title="Memory"
      value={formatMemory(memory.guestUsedBytes)}
      beside={`takes ${held} here, ${limit} limit`}
      tooltip={`Programs in the VM use ${formatMemory(memory.guestUsedBytes)}. The VM itself takes ${held} of this computer’s memory now and never more than about ${limit}.`}
      values={usedBytes}
      floor={64_000_000}
      color="var(--g-data-3)"
    />
  );
}

function Fact({ text, tooltip }: { text: string; tooltip: string | undefined }) {
  return (
    <span className="flex items-center gap-1 min-w-0" {...tip(tooltip)}>
      <Check size={12} strokeWidth={2.5} className="text-ok-fg shrink-0" aria-hidden="true" />
      <span className="truncate">{text}</span>
    </span>
  );
}

function Figure({
  title,
  value,
  beside,
  values,
  floor,
  color,
  tooltip,
}: {
  title: string;
  value: string;
  beside: string;
  tooltip?: string;
  values: readonly number[];
  floor: number;
  color: string;
}) {
  const path = sparklinePath(values, { floor, width: WIDTH, height: HEIGHT, points: SPARKLINE_POINTS });
  return (
    <div className="flex-1 min-w-0 px-4 border-l border-line" {...tip(tooltip)}>
      <div className="flex items-baseline gap-2">
        <span className="cap">{title}</span>
        <span className="ml-auto text-11 text-fg3 num truncate">{beside}</span>
      </div>
      <div className="flex items-end gap-3">
        <span className="h1 num leading-[30px] min-w-[52px] whitespace-nowrap">{value || '…'}</span>
        <svg
          className="flex-1 min-w-0"
          height={HEIGHT}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {path ? (
            <>
              <path d={`${path.line}V${HEIGHT}H${path.start}Z`} fill={color} opacity=".13" />
              <path
                d={path.line}
                fill="none"
                stroke={color}
                strokeWidth="1.4"
                vectorEffect="non-scaling-stroke"
              />
            </>
          ) : (
            <path
              d={`M0 ${HEIGHT - 1.5}H${WIDTH}`}
              stroke="var(--g-line-control)"
              strokeDasharray="2 2"
              vectorEffect="non-scaling-stroke"
            />
          )}
        </svg>
      </div>
    </div>
  );
}
