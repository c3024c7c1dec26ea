import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import { classes } from '../ui/classes';
import { plural } from '../ui/format';
import { type JsonDocument, type JsonNode, visibleNodes } from './jsonDocument';
import { marks } from './marks';

const rowHeight = 27;
/** Characters of a value that a row shows; the raw text has more of it. */
const shownLength = 400;

const colours: Record<JsonNode['kind'], string> = {
  string: 'ag',
  number: 'ay',
  boolean: 'am',
  null: 'ak',
  object: 'text-fg3',
  list: 'text-fg3',
};

interface JsonTreeProps {
  document: JsonDocument;
  label: string;
  open: ReadonlySet<number>;
  onOpen: (open: ReadonlySet<number>) => void;
  selected: number;
  onSelect: (index: number) => void;
  wanted: string;
  hits: ReadonlySet<number>;
  active: number | undefined;
}

export function JsonTree({
  document,
  label,
  open,
  onOpen,
  selected,
  onSelect,
  wanted,
  hits,
  active,
}: JsonTreeProps) {
  const box = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const rows = useMemo(() => visibleNodes(document, open), [document, open]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    paddingStart: 10,
    paddingEnd: 10,
  });
  const at = Math.max(
    0,
    rows.findIndex((node) => node.index === selected),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the selection, not each scroll
  useEffect(() => {
    virtual.scrollToIndex(at, { align: wanted === '' ? 'auto' : 'center' });
  }, [at]);

  const toggle = (node: JsonNode, wish = !open.has(node.index)) => {
    if (!node.size) return;
    const next = new Set(open);
    if (wish) next.add(node.index);
    else next.delete(node.index);
    onOpen(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const node = rows[at];
    if (!node) return;
    const go = (row: number) => onSelect(rows[Math.max(0, Math.min(rows.length - 1, row))]?.index ?? 0);
    if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(rows.length - 1);
    else if (event.key === 'ArrowRight') {
      if (node.size && open.has(node.index)) go(at + 1);
      else toggle(node, true);
    } else if (event.key === 'ArrowLeft') {
      if (node.size && open.has(node.index)) toggle(node, false);
      else if (node.parent >= 0) onSelect(node.parent);
    } else if (event.key === 'Enter' || event.key === ' ') toggle(node);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={box}
      role="tree"
      aria-label={label}
      aria-activedescendant={`${prefix}-${selected}`}
      tabIndex={0}
      className="json-tree"
      onKeyDown={onKeyDown}
    >
      <div className="relative" role="none" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index: row, start }) => {
          const node = rows[row];
          if (!node) return null;
          const isOpen = open.has(node.index);
          const Chevron = isOpen ? ChevronDown : ChevronRight;
          const hit = hits.has(node.index) ? wanted : '';
          const on = node.index === active;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled on the tree
            <div
              key={node.index}
              id={`${prefix}-${node.index}`}
              role="treeitem"
              aria-level={node.depth + 1}
              aria-expanded={node.size ? isOpen : undefined}
              aria-selected={node.index === selected}
              className={classes('json-row', node.index === selected && 'fsel')}
              style={{ top: start, paddingLeft: 12 + node.depth * 16 }}
              onClick={() => {
                onSelect(node.index);
                toggle(node);
              }}
            >
              {node.size ? (
                <Chevron size={12} aria-hidden="true" className="text-fg3 shrink-0" />
              ) : (
                <span className="w-3 shrink-0" />
              )}
              <bdi className="mono text-fg2 shrink-0 max-w-[60%] truncate">{marks(node.key, hit, on)}</bdi>
              <bdi className={classes('mono truncate ml-1', colours[node.kind])}>
                {node.size === null
                  ? marks(node.text.slice(0, shownLength), hit, on)
                  : node.kind === 'list'
                    ? plural(node.size, 'entry', 'entries')
                    : plural(node.size, 'value')}
              </bdi>
            </div>
          );
        })}
      </div>
    </div>
  );
}
