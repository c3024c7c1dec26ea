import { useState } from 'react';
import { Button } from '#ui/Button';
import { NumberField } from '#ui/NumberField';
import { SegmentedControl } from '#ui/SegmentedControl';
import { TextField } from '#ui/TextField';
import { familyOf, fontProblem, useMonoFont } from '../shell/monoFont';
import { setTheme, useTheme } from '../shell/theme';
import { SectionHead, SettingRow } from './parts';
import { settingOf } from './table';
import { useSettings } from './useSettings';

const sizes = { smallest: 10, largest: 20 };

export function AppearanceSection() {
  const theme = useTheme((state) => state.theme);
  const { settings, change } = useSettings();
  return (
    <>
      <SectionHead title="Appearance" about="How Gantry looks" />
      <div className="card divide-y divide-line">
        <SettingRow setting="theme">
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
        {settings && <FontRow kept={settings.monoFont} onChange={(monoFont) => change({ monoFont })} />}
        <SettingRow setting="monoSize">
          {settings && (
            <NumberField
              label={settingOf('monoSize').title}
              labelHidden
              className="w-[104px]"
              value={settings.monoSize}
              onChange={(next) => next !== null && change({ monoSize: Math.round(next) })}
              min={sizes.smallest}
              max={sizes.largest}
              step={1}
              unit="px"
            />
          )}
        </SettingRow>
        <Sample />
        <SettingRow setting="explanations">
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

/** What is typed is tried at once, and kept when the field is left. */
function FontRow({ kept, onChange }: { kept: string; onChange: (name: string) => void }) {
  const [text, setText] = useState(kept);
  const problem = fontProblem(text);
  return (
    <SettingRow
      setting="monoFont"
      help={
        problem && (
          <span role="status" className="text-warn-fg">
            {problem}
          </span>
        )
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onChange(text.trim());
        }}
      >
        <TextField
          label={settingOf('monoFont').title}
          labelHidden
          className="w-[220px]"
          value={text}
          onChange={(next) => setText(next.slice(0, 80))}
          onBlur={() => text.trim() !== kept && onChange(text.trim())}
          placeholder="JetBrains Mono"
        />
      </form>
    </SettingRow>
  );
}

function Sample() {
  const { name, size } = useMonoFont();
  return (
    <p
      role="img"
      aria-label="How terminals and logs look"
      className="px-5 py-3 bg-sunken rounded-b-10 text-fg2 truncate"
      style={{ fontFamily: familyOf(name), fontSize: size }}
    >
      12:04:51 GET /index.html 200 in 3 ms
    </p>
  );
}
