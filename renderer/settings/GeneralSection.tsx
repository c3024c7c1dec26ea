import { Button } from '#ui/Button';
import { SegmentedControl } from '#ui/SegmentedControl';
import { Switch } from '#ui/Switch';
import { useOnboarding } from '../onboarding/useOnboarding';
import { setStripCollapsed, useStrip } from '../ui/commandStrip';
import { LoginItemRow } from './LoginItemRow';
import { SectionHead, SettingRow } from './parts';
import { ToolsRow } from './ToolsRow';
import { useSettings } from './useSettings';

export function GeneralSection() {
  const { go } = useOnboarding();
  const collapsed = useStrip((state) => state.collapsed);
  return (
    <>
      <SectionHead title="General" about="How Gantry comes, goes away, and helps" />
      {window.gantryDesktop && <WindowCard desktop={window.gantryDesktop} />}
      <div className="card divide-y divide-line">
        <SettingRow setting="commandLine">
          <Switch aria-label="Command line" on={!collapsed} onChange={(on) => setStripCollapsed(!on)} />
        </SettingRow>
        <ToolsRow />
        <SettingRow setting="introduction">
          <Button size="sm" onPress={() => go('welcome')}>
            Show it again
          </Button>
        </SettingRow>
      </div>
    </>
  );
}

/** What only a window of its own can do. */
function WindowCard({ desktop }: { desktop: NonNullable<typeof window.gantryDesktop> }) {
  const { settings, change } = useSettings();
  return (
    <div className="card divide-y divide-line mb-4">
      <LoginItemRow loginItem={desktop.loginItem} />
      <SettingRow setting="openWindow">
        {settings && (
          <Switch
            aria-label="Open the window at start"
            on={settings.openWindow}
            onChange={(openWindow) => change({ openWindow })}
          />
        )}
      </SettingRow>
      <SettingRow setting="closeTo">
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
    </div>
  );
}
