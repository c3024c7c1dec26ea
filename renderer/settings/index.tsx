import { PageHeader } from '#ui/PageHeader';
import { SegmentedControl } from '#ui/SegmentedControl';
import { Switch } from '#ui/Switch';
import { setTheme, useTheme } from '../shell/theme';
import { setStripCollapsed, useStrip } from '../ui/commandStrip';

export default function SettingsPage() {
  const theme = useTheme((state) => state.theme);
  const collapsed = useStrip((state) => state.collapsed);
  return (
    <>
      <PageHeader title="Settings" />
      <div className="px-6 pb-6 overflow-auto">
        <section className="card divide-y divide-line max-w-[720px]" aria-label="Appearance">
          <div className="flex items-center gap-4 px-4 py-3">
            <div className="min-w-0">
              <div className="lbl">Theme</div>
              <div className="help">Light, dark, or whatever this computer uses.</div>
            </div>
            <span className="ml-auto">
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
            </span>
          </div>
          <div className="flex items-center gap-4 px-4 py-3">
            <div className="min-w-0">
              <div className="lbl">Command line</div>
              <div className="help">Shows at the foot of each page which docker command does the same.</div>
            </div>
            <span className="ml-auto">
              <Switch aria-label="Command line" on={!collapsed} onChange={(on) => setStripCollapsed(!on)} />
            </span>
          </div>
        </section>
      </div>
    </>
  );
}
