import { type ReactNode, useEffect, useRef } from 'react';
import { create } from 'zustand';
import { classes } from '#ui/classes';
import { navigate } from '../shell/router';
import { type SettingId, settingOf } from './table';

/** The setting that was looked for; `times` tells one search from the next. */
const useFound = create<{ setting: SettingId | null; times: number }>(() => ({ setting: null, times: 0 }));

/** Opens the section of a setting, marks the setting and leads the keyboard to it. */
export function goToSetting(setting: SettingId): void {
  navigate({ page: 'settings', section: settingOf(setting).section }, { replace: true });
  useFound.setState(({ times }) => ({ setting, times: times + 1 }));
}

export const forgetFound = (): void => useFound.setState({ setting: null });

const controls = 'input[type=radio]:checked, input:not([type=file], [type=hidden]), button, select';

/** The place of a setting on its page, which the search finds. */
export function Spot({
  setting,
  className,
  children,
}: {
  setting: SettingId;
  className?: string;
  children: ReactNode;
}) {
  const times = useFound((found) => (found.setting === setting ? found.times : 0));
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (times === 0 || !box.current) return;
    box.current.scrollIntoView({ block: 'center' });
    (box.current.querySelector<HTMLElement>(controls) ?? box.current).focus({ preventScroll: true });
  }, [times]);
  return (
    <div
      ref={box}
      data-setting={setting}
      tabIndex={-1}
      className={classes(className, 'setting', times > 0 && 'found')}
    >
      {children}
    </div>
  );
}
