import type { RunSpec } from '#contract';
import { NumberField } from '#ui/NumberField';
import { TextField } from '#ui/TextField';
import { useRunForm } from '../form/useRunForm';
import { Help, Row } from './Row';

type Health = NonNullable<RunSpec['health']>;

/** The engine's own defaults. */
const usual: Health = {
  command: '',
  intervalSeconds: 30,
  timeoutSeconds: 30,
  retries: 3,
  startPeriodSeconds: 0,
};

/** A command that the engine runs inside now and then, to tell whether the container is well. */
export function HealthField() {
  const { spec, set } = useRunForm();
  const { health } = spec;
  const change = (part: Partial<Health>) => set({ health: { ...usual, ...health, ...part } });
  return (
    <Row label="Health check" term="health" field="health">
      <TextField
        label="Health check command"
        labelHidden
        mono
        value={health?.command ?? ''}
        onChange={(command) => (command ? change({ command }) : set({ health: undefined }))}
        placeholder="as in the image"
      />
      {health && (
        <>
          <div className="grid grid-cols-2 gap-2">
            <Seconds
              lead="Every"
              label="Seconds between checks"
              field="intervalSeconds"
              {...{ health, change }}
            />
            <Seconds
              lead="Allow"
              label="Seconds a check may take"
              field="timeoutSeconds"
              {...{ health, change }}
            />
            <NumberField
              label="Failed checks until it counts as unhealthy"
              labelHidden
              lead="Tries"
              min={1}
              value={health.retries}
              onChange={(value) => change({ retries: Math.round(value ?? usual.retries) })}
            />
            <Seconds
              lead="After"
              label="Seconds to start in which failures do not count"
              field="startPeriodSeconds"
              {...{ health, change }}
            />
          </div>
          <Help>Exit code 0 says that it is well.</Help>
        </>
      )}
    </Row>
  );
}

function Seconds({
  label,
  lead,
  field,
  health,
  change,
}: {
  label: string;
  lead: string;
  field: 'intervalSeconds' | 'timeoutSeconds' | 'startPeriodSeconds';
  health: Health;
  change: (part: Partial<Health>) => void;
}) {
  return (
    <NumberField
      label={label}
      labelHidden
      lead={lead}
      unit="s"
      min={field === 'startPeriodSeconds' ? 0 : 0.1}
      value={health[field]}
      onChange={(value) => change({ [field]: value ?? usual[field] })}
    />
  );
}
