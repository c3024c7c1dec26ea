import { CornerDownLeft, Search, SquareTerminal } from 'lucide-react';
import { Fragment, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { CodeText } from '../ui/CodeText';
import { classes } from '../ui/classes';
import { useInContext } from '../ui/commandContext';
import { Kbd } from '../ui/Kbd';
import { closePalette, type PaletteItem, usePalette } from './palette';
import { paletteMatches } from './paletteMatch';

const GROUPS = ['Actions', 'Go to', 'Learn'] as const;
const MAX_PER_GROUP = 8;

/** Ctrl K: everything by name. */
export function CommandPalette() {
  const open = usePalette((state) => state.open);
  if (!open) return null;
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(next) => {
        if (!next) closePalette();
      }}
      className="scrim dialog-scrim palette-scrim"
    >
      <Modal className="dlg dialog-box w-[620px]">
        <Dialog aria-label="Command palette" className="outline-none flex flex-col min-h-0">
          <PaletteBody />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function PaletteBody() {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const sources = usePalette((state) => state.sources);
  const groups = useMemo(() => paletteGroups([...sources.values()].flat(), query), [sources, query]);
  const flat = groups.flatMap((group) => group.items);
  const current = flat[Math.min(at, flat.length - 1)];
  const prefix = useId();
  const optionId = (item: PaletteItem) => `${prefix}${encodeURIComponent(item.id)}`;

  function run(item: PaletteItem) {
    closePalette();
    item.run();
  }

  function handleKey(event: React.KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && flat.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, flat.length - 1) + step + flat.length) % flat.length);
    } else if (event.key === 'Enter' && current) {
      event.preventDefault();
      run(current);
    }
  }

  return (
    <>
      <div className="flex items-center gap-3 px-4 h-[52px] border-b border-line shrink-0">
        <Search size={17} className="text-fg3" aria-hidden="true" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the palette is opened to type into it
          autoFocus
          role="combobox"
          aria-label="Search or run a command"
          aria-expanded="true"
          aria-controls={`${prefix}list`}
          aria-activedescendant={current && optionId(current)}
          className="text-16 flex-1 min-w-0 outline-none"
          placeholder="Search or run a command"
          value={query}
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={handleKey}
        />
        <Kbd keys="Esc" />
      </div>
      <div
        id={`${prefix}list`}
        role="listbox"
        aria-label="Results"
        className="py-1.5 overflow-auto max-h-[min(420px,60vh)]"
      >
        {flat.length === 0 && <div className="px-[18px] py-3 text-fg3">Nothing is called that here.</div>}
        {groups.map((group) => (
          <Fragment key={group.name}>
            <div className="cap pl-[18px] py-1.5" role="presentation">
              {group.name}
            </div>
            {group.items.map((item) => (
              <PaletteRow
                key={item.id}
                id={optionId(item)}
                item={item}
                current={item === current}
                onRun={run}
              />
            ))}
          </Fragment>
        ))}
      </div>
      {current?.argv && <PaletteCommand argv={current.argv} />}
    </>
  );
}

function PaletteCommand({ argv }: { argv: readonly string[] }) {
  return (
    <div className="flex items-center gap-2.5 px-4 h-10 border-t border-line bg-sunken text-12 text-fg3 shrink-0">
      <SquareTerminal size={14} aria-hidden="true" />
      <CodeText argv={useInContext(argv)} className="cmd truncate" />
    </div>
  );
}

function PaletteRow({
  id,
  item,
  current,
  onRun,
}: {
  id: string;
  item: PaletteItem;
  current: boolean;
  onRun: (item: PaletteItem) => void;
}) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (current) row.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: focus stays in the text field, which hears the keys
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={current}
      className={classes(
        'flex items-center gap-3 h-[38px] px-3 rounded-7 mx-1.5',
        current ? 'bg-selected' : 'hover:bg-hover',
      )}
      onClick={() => onRun(item)}
    >
      <span className="text-fg3 grid place-items-center w-4">{item.icon}</span>
      <span className="truncate">
        <span className="font-medium">{item.label}</span>
        {item.hint && <span className="text-fg3"> {item.hint}</span>}
      </span>
      <span className="ml-auto flex items-center gap-1.5 text-12 text-fg3 shrink-0">
        {item.where}
        {item.shortcut && <Kbd keys={item.shortcut} />}
        {current && <CornerDownLeft size={13} aria-hidden="true" />}
      </span>
    </div>
  );
}

function paletteGroups(items: readonly PaletteItem[], query: string) {
  return GROUPS.map((name) => ({
    name,
    items: paletteMatches(
      items.filter((item) => item.group === name),
      query,
      MAX_PER_GROUP,
    ),
  })).filter((group) => group.items.length > 0);
}
