import { Kbd } from '#ui/Kbd';
import { Switch } from '#ui/Switch';
import { SettingRow, SettingRows } from './SettingRows';
import { useSettings } from './useSettings';

const letters = [
  { keys: 'S', does: 'Start or stop' },
  { keys: 'R', does: 'Restart' },
  { keys: 'P', does: 'Pause or go on' },
  { keys: 'L', does: 'Logs' },
  { keys: 'T', does: 'Terminal' },
];

export function KeyboardSection() {
  const { settings, change } = useSettings();
  return (
    <div className="grid gap-5">
      <SettingRows label="Keys">
        <SettingRow
          label="Letter shortcuts"
          help="Single letters act on the container under the cursor while a list has focus. Turn them off if you dictate or press keys by accident."
        >
          {settings && (
            <Switch
              aria-label="Letter shortcuts"
              on={settings.letterShortcuts}
              onChange={(letterShortcuts) => void change({ letterShortcuts })}
            />
          )}
        </SettingRow>
      </SettingRows>
      <section className="card max-w-[760px] px-4 py-3" aria-label="The letters">
        <ul className={`grid gap-1.5 ${settings?.letterShortcuts === false ? 'text-fg3' : ''}`}>
          {letters.map(({ keys, does }) => (
            <li key={keys} className="flex items-center gap-3">
              <span className="w-7 flex justify-center">
                <Kbd keys={keys} />
              </span>
              {does}
            </li>
          ))}
        </ul>
        <p className="help mt-3">
          <Kbd keys="?" /> anywhere lists every shortcut that works at the moment.
        </p>
      </section>
    </div>
  );
}
