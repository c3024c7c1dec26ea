import type { ReactNode } from 'react';
import { cutTip } from './tip';

export interface NamedThing {
  key: string;
  icon?: ReactNode;
  name: string;
  /** Quiet text behind the name: its size, its fate. */
  note?: ReactNode;
}

/** The objects that a dialog is about. Longer lists scroll: nobody reads forty names, but they can. */
export function NameList({ things }: { things: readonly NamedThing[] }) {
  return (
    <ul className="rounded-[8px] border border-line divide-y divide-line overflow-auto max-h-[216px]">
      {things.map(({ key, icon, name, note }) => (
        <li key={key} className="flex items-center gap-2.5 px-3 h-9 min-w-0">
          {icon}
          <bdi className="font-medium truncate" {...cutTip(name)}>
            {name}
          </bdi>
          {note !== undefined && <span className="ml-auto pl-2 text-fg3 num whitespace-nowrap">{note}</span>}
        </li>
      ))}
    </ul>
  );
}
