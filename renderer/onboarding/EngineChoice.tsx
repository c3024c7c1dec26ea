import { useState } from 'react';
import type { VmHost } from '#contract';
import { Badge } from '#ui/Badge';
import { Button } from '#ui/Button';
import { Meter } from '#ui/Meter';
import { RadioGroup } from '#ui/RadioGroup';
import type { FoundEngine } from '../engine/found';
import { Amounts } from '../settings/vm/Amounts';
import { gigabytes } from '../settings/vm/changes';
import { useVmSettings } from '../settings/vm/draft';
import { useDisk } from '../settings/vm/useDisk';
import { plural } from '../ui/format';

/** Gantry's own engine among the values of the choice; the others are hosts. */
export const OWN = 'own';

/** The engines to choose from, and what Gantry's own may use. */
export function EngineChoice({
  engines,
  looking,
  chosen,
  onChoose,
  computer,
}: {
  engines: readonly FoundEngine[];
  looking: boolean;
  chosen: string;
  onChoose: (value: string) => void;
  computer: VmHost | undefined;
}) {
  const options = [
    ...engines.map(({ host, label }) => ({
      value: host,
      label,
      help: `It is here already, at ${host}. What it holds shows up in Gantry.`,
      end: <Badge tone="ok">Answers</Badge>,
    })),
    {
      value: OWN,
      label: 'Gantry’s own engine',
      help: 'In a small virtual machine, a computer made of software: apart from everything else, with a share of this computer.',
      end: engines.length === 0 && !looking ? <Badge tone="ok">Suggested</Badge> : undefined,
    },
  ];
  return (
    <>
      <RadioGroup label="Engine" labelHidden cards value={chosen} onChange={onChoose} options={options} />
      {looking && <p className="help mt-2">Looking for other engines…</p>}
      {chosen === OWN && computer && <Share computer={computer} />}
    </>
  );
}

/** What the virtual machine may use of this computer. */
function Share({ computer }: { computer: VmHost }) {
  const { kept, shown } = useVmSettings();
  const { disk, look } = useDisk();
  const [changing, setChanging] = useState(false);
  if (!kept || !shown) return null;
  if (changing) {
    return (
      <section className="mt-4" aria-label="What the engine may use">
        <Amounts host={computer} kept={kept} shown={shown} disk={disk} onTrimmed={look} />
      </section>
    );
  }
  return (
    <section className="card p-4 mt-4" aria-labelledby="share">
      <div className="flex items-center mb-3">
        <h2 className="h2" id="share">
          What the engine may use
        </h2>
        <span className="ml-auto">
          <Button variant="link" size="sm" onPress={() => setChanging(true)}>
            Change
          </Button>
        </span>
      </div>
      <div className="grid grid-cols-3 gap-7">
        <Amount
          name="Processor"
          text={plural(shown.cpus, 'core')}
          fraction={shown.cpus / computer.cpus}
          note={`of ${computer.cpus} in this computer`}
        />
        <Amount
          name="Memory"
          text={gigabytes(shown.memoryMiB)}
          fraction={shown.memoryMiB / computer.memoryMiB}
          note={`of ${gigabytes(computer.memoryMiB)}, taken only when needed`}
        />
        <Amount
          name="Disk"
          text={`${shown.diskGiB} GB`}
          fraction={shown.diskGiB / Math.max(shown.diskGiB, computer.diskFreeGiB)}
          note={`grows as needed, ${computer.diskFreeGiB} GB free`}
        />
      </div>
    </section>
  );
}

function Amount({
  name,
  text,
  fraction,
  note,
}: {
  name: string;
  text: string;
  fraction: number;
  note: string;
}) {
  return (
    <div className="min-w-0">
      <div className="flex items-baseline justify-between gap-2 font-medium">
        <span>{name}</span>
        <span className="font-strong num">{text}</span>
      </div>
      <div className="flex my-1.5">
        <Meter label={name} fraction={fraction} valueText={text} ticks={24} share />
      </div>
      <div className="text-11 text-fg3 num">{note}</div>
    </div>
  );
}
