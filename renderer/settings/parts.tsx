import type { ReactNode } from 'react';
import { Term } from '../terms/Term';
import type { TermId } from '../terms/terms';
import { Spot } from './Spot';
import { type Applies, type SettingId, settingOf } from './table';

/** A section's title line, with what it is about. */
export function SectionHead({ title, about, term }: { title: string; about: string; term?: TermId }) {
  return (
    <header className="flex items-baseline gap-3 mb-4">
      <span className="flex items-center gap-1 shrink-0">
        <h2 className="h1">{title}</h2>
        {term && <Term id={term} />}
      </span>
      <span className="text-fg3 truncate">{about}</span>
    </header>
  );
}

const appliesWords: Record<Exclude<Applies, null>, string> = {
  now: 'applies at once',
  restart: 'after a restart of the VM',
  start: 'from the next start',
};

/** When a change of the setting counts. */
export function AppliesNote({ setting }: { setting: SettingId }) {
  const { applies } = settingOf(setting);
  return applies && <span className="text-11 text-fg3 font-normal">{appliesWords[applies]}</span>;
}

/** What a setting is, and when it counts. */
export function SettingTitle({ setting, help, term }: Omit<RowProps, 'children'>) {
  const { title, help: usual } = settingOf(setting);
  return (
    <>
      <div className="flex items-baseline gap-x-2 flex-wrap">
        <span className="lbl">{title}</span>
        {term && <Term id={term} />}
        <AppliesNote setting={setting} />
      </div>
      <div className="help">{help ?? usual}</div>
    </>
  );
}

interface RowProps {
  setting: SettingId;
  /** Instead of the usual words, where they depend on something. */
  help?: ReactNode;
  /** A word of it that the small question mark explains. */
  term?: TermId;
  children?: ReactNode;
}

/** One setting: what it is at the left, its control at the right. */
export function SettingRow({ setting, children, ...words }: RowProps) {
  return (
    <Spot setting={setting} className="flex items-center gap-4 max-[799px]:flex-wrap px-5 py-3">
      <div className="min-w-0">
        <SettingTitle setting={setting} {...words} />
      </div>
      <span className="ml-auto shrink-0 max-w-full">{children}</span>
    </Spot>
  );
}

/** A setting that needs room: what it is at the left, its controls at the right. */
export function WideRow({ setting, children }: RowProps) {
  return (
    <Spot
      setting={setting}
      className="grid grid-cols-[220px_minmax(0,1fr)] max-[1039px]:grid-cols-[170px_minmax(0,1fr)] max-[799px]:grid-cols-1 gap-5 max-[799px]:gap-2 px-5 py-3.5"
    >
      <div>
        <SettingTitle setting={setting} />
      </div>
      <div className="min-w-0">{children}</div>
    </Spot>
  );
}
