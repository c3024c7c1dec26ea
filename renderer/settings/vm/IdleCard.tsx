import { NumberField } from '#ui/NumberField';
import { Switch } from '#ui/Switch';
import { SettingRow } from '../parts';
import { useVmSettings } from './draft';

const USUAL_MINUTES = 15;
const LONGEST_MINUTES = 24 * 60;

/** What the VM does while nobody needs it. All of it applies at once. */
export function IdleCard() {
  const { kept, setNow } = useVmSettings();
  if (!kept) return null;
  const { idleMinutes, returnMemory, keepRunning } = kept;
  return (
    <section className="card divide-y divide-line" aria-label="While nothing runs">
      <SettingRow setting="idle" term="suspend">
        <span className="flex items-center gap-3">
          {idleMinutes !== null && (
            <NumberField
              label="Minutes until it sleeps"
              labelHidden
              className="w-[104px]"
              value={idleMinutes}
              onChange={(next) => next !== null && setNow({ idleMinutes: Math.round(next) })}
              min={1}
              max={LONGEST_MINUTES}
              step={1}
              unit="min"
            />
          )}
          <Switch
            aria-label="Sleep when idle"
            on={idleMinutes !== null}
            onChange={(on) => setNow({ idleMinutes: on ? USUAL_MINUTES : null })}
          />
        </span>
      </SettingRow>
      <SettingRow setting="returnMemory">
        <Switch
          aria-label="Give memory back"
          on={returnMemory}
          onChange={(on) => setNow({ returnMemory: on })}
        />
      </SettingRow>
      <SettingRow setting="keepRunning">
        <Switch
          aria-label="Keep the engine running after Gantry is closed"
          on={keepRunning}
          onChange={(on) => setNow({ keepRunning: on })}
        />
      </SettingRow>
    </section>
  );
}
