import { Switch } from '#ui/Switch';
import { SectionHead, SettingRow } from './parts';
import { useSettings } from './useSettings';

export function KeyboardSection() {
  const { settings, change } = useSettings();
  return (
    <>
      <SectionHead title="Keyboard" about="Press ? on any page for the keys that work there" />
      <div className="card divide-y divide-line">
        <SettingRow
          title="Single letters in lists"
          help="S starts, L shows the logs, T opens a terminal. Turn it off if you use voice input."
        >
          {settings && (
            <Switch
              aria-label="Single letters in lists"
              on={settings.letterShortcuts}
              onChange={(letterShortcuts) => change({ letterShortcuts })}
            />
          )}
        </SettingRow>
      </div>
    </>
  );
}
