import { SegmentedControl } from '#ui/SegmentedControl';
import { Switch } from '#ui/Switch';
import { isMac } from '../ui/platform';
import { SectionHead, SettingRow } from './parts';
import { useSettings } from './useSettings';

export function WindowSection() {
  const { settings, change } = useSettings();
  const keys = isMac() ? '⌘ ⇧ G' : 'Ctrl Shift G';
  return (
    <>
      <SectionHead title="Window and tray" about="How Gantry goes away, and comes back" />
      <div className="card divide-y divide-line">
        <SettingRow
          title="Closing the window"
          help="In the tray, Gantry only listens to the engine. A desktop that shows no tray icons always quits."
        >
          {settings && (
            <SegmentedControl
              label="Closing the window"
              value={settings.closeTo}
              onChange={(closeTo) => change({ closeTo })}
              segments={[
                { value: 'tray', label: 'Keeps the tray' },
                { value: 'quit', label: 'Quits' },
              ]}
            />
          )}
        </SettingRow>
        <SettingRow
          title={`Show Gantry with ${keys}`}
          help="From any program. Some desktops keep such keys to themselves."
        >
          {settings && (
            <Switch
              aria-label={`Show Gantry with ${keys}`}
              on={settings.globalShortcut}
              onChange={(globalShortcut) => change({ globalShortcut })}
            />
          )}
        </SettingRow>
      </div>
    </>
  );
}
