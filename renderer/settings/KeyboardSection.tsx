import { Switch } from '#ui/Switch';
import { isMac } from '../ui/platform';
import { SectionHead, SettingRow } from './parts';
import { useSettings } from './useSettings';

export function KeyboardSection() {
  const { settings, change } = useSettings();
  const keys = isMac() ? '⌘ ⇧ G' : 'Ctrl Shift G';
  return (
    <>
      <SectionHead title="Keyboard" about="Press ? on any page for the keys that work there" />
      <div className="card divide-y divide-line">
        <SettingRow setting="letterShortcuts">
          {settings && (
            <Switch
              aria-label="Single letters in lists"
              on={settings.letterShortcuts}
              onChange={(letterShortcuts) => change({ letterShortcuts })}
            />
          )}
        </SettingRow>
        {window.gantryDesktop && (
          <SettingRow
            setting="globalShortcut"
            help={`${keys} shows its window, whichever program you are in. Some desktops keep such keys to themselves.`}
          >
            {settings && (
              <Switch
                aria-label={`Show Gantry with ${keys}`}
                on={settings.globalShortcut}
                onChange={(globalShortcut) => change({ globalShortcut })}
              />
            )}
          </SettingRow>
        )}
      </div>
    </>
  );
}
