import type { Notice } from '#contract';
import { Switch } from '#ui/Switch';
import { SectionHead, SettingRow } from './parts';
import { settingOf } from './table';
import { useSettings } from './useSettings';

const kinds: readonly Notice['kind'][] = ['pulls', 'crashes', 'unhealthy', 'diskFull'];

export function NotificationsSection() {
  const { settings, change } = useSettings();
  return (
    <>
      <SectionHead title="Notifications" about="Shown by your desktop while you work in another window" />
      <div className="card divide-y divide-line">
        {kinds.map((kind) => (
          <SettingRow key={kind} setting={kind}>
            {settings && (
              <Switch
                aria-label={settingOf(kind).title}
                on={settings.notifications[kind]}
                onChange={(on) => change({ notifications: { ...settings.notifications, [kind]: on } })}
              />
            )}
          </SettingRow>
        ))}
      </div>
    </>
  );
}
