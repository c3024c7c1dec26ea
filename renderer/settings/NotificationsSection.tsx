import type { Notice } from '#contract';
import { Switch } from '#ui/Switch';
import { SectionHead, SettingRow } from './parts';
import { useSettings } from './useSettings';

const rows: readonly { kind: Notice['kind']; title: string; help: string }[] = [
  {
    kind: 'pulls',
    title: 'Downloads',
    help: 'An image is downloaded, or could not be.',
  },
  {
    kind: 'crashes',
    title: 'Containers that stop by themselves',
    help: 'One ended with an error, and nobody had asked it to stop.',
  },
  {
    kind: 'unhealthy',
    title: 'Failing health checks',
    help: 'A container runs, but says that it is not well.',
  },
  {
    kind: 'diskFull',
    title: 'Full disk',
    help: 'The engine has no room left, so nothing can be downloaded or written.',
  },
];

export function NotificationsSection() {
  const { settings, change } = useSettings();
  return (
    <>
      <SectionHead title="Notifications" about="Shown by your desktop while you work in another window" />
      <div className="card divide-y divide-line">
        {rows.map(({ kind, title, help }) => (
          <SettingRow key={kind} title={title} help={help}>
            {settings && (
              <Switch
                aria-label={title}
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
