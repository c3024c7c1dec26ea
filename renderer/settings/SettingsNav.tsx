import { Search } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { classes } from '#ui/classes';
import { Kbd } from '#ui/Kbd';
import { navigate } from '../shell/router';
import { formatRoute } from '../shell/routes';
import { useShortcut } from '../shell/shortcuts';
import { forgetFound, goToSetting } from './Spot';
import { searchSettings } from './search';
import { sections } from './sections';
import { type SettingId, settingOf } from './table';

const inWindow = window.gantryDesktop !== undefined;
const labelOf = (section: string) => sections.find(({ id }) => id === section)?.label ?? section;

/** The sections, or what the search over all of them finds. */
export function SettingsNav({ current }: { current: string }) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  useShortcut({ keys: '/', label: 'Search the settings' }, () => input.current?.focus());
  useShortcut({ keys: 'Ctrl F', label: 'Search the settings' }, () => input.current?.select());
  const searching = query.trim() !== '';
  const hits = searchSettings(query, inWindow);
  const chosen = hits[at];

  function search(next: string) {
    forgetFound();
    setQuery(next);
    setAt(0);
  }
  function go(setting: SettingId) {
    search('');
    goToSetting(setting);
  }
  function handleKey(event: React.KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length > 0) setAt((at + step + hits.length) % hits.length);
    else if (event.key === 'Enter' && chosen) go(chosen);
    else if (event.key === 'Escape' && searching) search('');
    else return;
    event.preventDefault();
  }

  return (
    <nav aria-label="Settings" className="border-r border-line px-3 py-4 overflow-y-auto">
      <h1 className="h1 px-2 mb-3">Settings</h1>
      <div className="input mb-3">
        <Search size={14} aria-hidden="true" />
        <input
          ref={input}
          role="combobox"
          aria-label="Search the settings"
          aria-expanded={searching}
          aria-controls={searching ? list : undefined}
          aria-activedescendant={chosen && `${list}${chosen}`}
          className="input-text"
          placeholder="Search"
          value={query}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => search(event.target.value)}
          onKeyDown={handleKey}
        />
        {!searching && <Kbd keys="/" />}
      </div>
      {searching ? (
        <Results id={list} hits={hits} chosen={chosen} onGo={go} />
      ) : (
        <SectionList current={current} />
      )}
    </nav>
  );
}

function Results({
  id: list,
  hits,
  chosen,
  onGo,
}: {
  id: string;
  hits: readonly SettingId[];
  chosen: SettingId | undefined;
  onGo: (setting: SettingId) => void;
}) {
  return (
    <>
      <div id={list} role="listbox" aria-label="Settings that were found" className="grid gap-0.5">
        {hits.map((id) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: focus stays in the text field, which hears the keys
          <div
            key={id}
            id={`${list}${id}`}
            role="option"
            tabIndex={-1}
            aria-selected={id === chosen}
            className={classes('setting-hit', id === chosen && 'on')}
            onClick={() => onGo(id)}
          >
            <span className="block font-medium">{settingOf(id).title}</span>
            <span className="block text-12 text-fg3">{labelOf(settingOf(id).section)}</span>
          </div>
        ))}
      </div>
      <p role="status" className="px-2 text-fg3">
        {hits.length === 0 && 'No setting is called that.'}
      </p>
    </>
  );
}

function SectionList({ current }: { current: string }) {
  return (
    <ul className="grid gap-0.5">
      {sections.map(({ id, label, icon: Icon, gap }) => (
        <li key={id} className={gap ? 'mt-3' : undefined}>
          <a
            href={formatRoute({ page: 'settings', section: id })}
            className={classes('nav', id === current && 'on')}
            aria-current={id === current ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault();
              forgetFound();
              navigate({ page: 'settings', section: id }, { replace: true });
            }}
          >
            <Icon size={16} aria-hidden="true" />
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
