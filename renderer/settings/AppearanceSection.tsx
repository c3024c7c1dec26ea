import { Button } from '#ui/Button';
import { SegmentedControl } from '#ui/SegmentedControl';
import { Switch } from '#ui/Switch';
import { useOnboarding } from '../onboarding/useOnboarding';
import { setTheme, useTheme } from '../shell/theme';
import { setStripCollapsed, useStrip } from '../ui/commandStrip';
import { SectionHead, SettingRow } from './parts';
import { useSettings } from './useSettings';

export function AppearanceSection() {
  const theme = useTheme((state) => state.theme);
  const { go } = useOnboarding();
  const { settings, change } = useSettings();
  const collapsed = useStrip((state) => state.collapsed);
  return (
    <>
      <SectionHead title="Appearance" about="How Gantry looks" />
      <div className="card divide-y divide-line">
        <SettingRow title="Theme" help="Light, dark, or whatever this computer uses.">
          <SegmentedControl
            label="Theme"
            value={theme}
            onChange={setTheme}
            segments={[
              { value: 'system', label: 'System' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
          />
        </SettingRow>
        <SettingRow
          title="Command line"
          help="Shows at the foot of each page which docker command does the same."
        >
          <Switch aria-label="Command line" on={!collapsed} onChange={(on) => setStripCollapsed(!on)} />
        </SettingRow>
        <SettingRow
          title="Introduction"
          help="The first steps: what this is about, an engine, a first container."
        >
          <Button size="sm" onPress={() => go('welcome')}>
            Show it again
          </Button>
        </SettingRow>
        <SettingRow
          title="Explanations"
          help="The small question marks beside words such as image and volume. Those you dismissed can come back."
        >
          <Button
            size="sm"
            disabledReason={settings?.dismissedTerms.length === 0 ? 'None was dismissed' : undefined}
            onPress={() => change({ dismissedTerms: [] })}
          >
            Show all again
          </Button>
        </SettingRow>
      </div>
    </>
  );
}
