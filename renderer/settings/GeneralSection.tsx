import { useQuery } from '@tanstack/react-query';
import { KeyValueList } from '#ui/KeyValueList';
import { SegmentedControl } from '#ui/SegmentedControl';
import { Switch } from '#ui/Switch';
import { api } from '../data/client';
import { setTheme, useTheme } from '../shell/theme';
import { setStripCollapsed, useStrip } from '../ui/commandStrip';
import { SettingRow, SettingRows } from './SettingRows';

export function GeneralSection() {
  const theme = useTheme((state) => state.theme);
  const collapsed = useStrip((state) => state.collapsed);
  return (
    <div className="grid gap-5">
      <SettingRows label="Appearance">
        <SettingRow label="Theme" help="Light, dark, or whatever this computer uses.">
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
          label="Command line"
          help="Shows at the foot of each page which docker command does the same."
        >
          <Switch aria-label="Command line" on={!collapsed} onChange={(on) => setStripCollapsed(!on)} />
        </SettingRow>
      </SettingRows>
      <About />
    </div>
  );
}

function About() {
  const { data } = useQuery(api.app.info.queryOptions());
  if (!data) return null;
  return (
    <section className="card p-4 max-w-[760px]" aria-labelledby="about-gantry">
      <h3 className="h2 mb-3" id="about-gantry">
        About Gantry
      </h3>
      <KeyValueList
        items={[
          { label: 'Version', value: data.version },
          { label: 'Its files', value: data.dataFolder, mono: true },
          { label: 'Licence', value: 'Apache-2.0' },
        ]}
      />
    </section>
  );
}
