import { Blocks, Columns3Cog } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { IconMenuButton, MenuButton } from '#ui/MenuButton';
import { SearchField } from '#ui/SearchField';
import { type Segment as SegmentChoice, SegmentedControl } from '#ui/SegmentedControl';
import { StateGlyph } from '#ui/StateGlyph';
import { useShortcut } from '../../shell/shortcuts';
import type { MenuEntry } from '../../ui/menus';
import type { Segment } from '../state';
import { changeListSettings, type OptionalColumn, optionalColumns, useListSettings } from './listSettings';

/** What narrows the list down, and how it looks. */
export function ListToolbar({
  typed,
  onType,
  segment,
  onSegment,
  counts,
}: {
  typed: string;
  onType: (text: string) => void;
  segment: Segment;
  onSegment: (segment: Segment) => void;
  counts: Record<Segment, number>;
}) {
  const { grouped, compact, hidden } = useListSettings();
  const input = useRef<HTMLInputElement>(null);
  useShortcut({ keys: '/', label: 'Filter the list' }, () => input.current?.focus());
  useShortcut({ keys: 'Ctrl F', label: 'Filter the list' }, () => input.current?.select());
  // Typing must not render the other controls again.
  const states = useMemo(
    () => <SegmentedControl label="State" value={segment} onChange={onSegment} segments={segments(counts)} />,
    [segment, onSegment, counts],
  );
  const looks = useMemo(
    () => (
      <span className="ml-auto flex items-center gap-1">
        <GroupingButton grouped={grouped} />
        <IconMenuButton
          size="md"
          aria-label="Columns and density"
          icon={<Columns3Cog size={16} />}
          items={() => columnEntries(compact, hidden)}
        />
      </span>
    ),
    [grouped, compact, hidden],
  );
  return (
    <div className="px-6 pb-3 flex max-[799px]:flex-wrap items-center gap-2.5">
      <SearchField
        label="Filter by name or image"
        value={typed}
        onChange={onType}
        shortcut="/"
        inputRef={input}
        className="w-[232px] max-[1040px]:w-[190px]"
      />
      {states}
      {looks}
    </div>
  );
}

function segments(counts: Record<Segment, number>): SegmentChoice<Segment>[] {
  return [
    { value: 'all', label: 'All', count: counts.all },
    {
      value: 'running',
      label: 'Running',
      count: counts.running,
      icon: <StateGlyph state="running" size={12} />,
    },
    {
      value: 'attention',
      label: 'Needs a look',
      count: counts.attention,
      icon: <StateGlyph state="unhealthy" size={12} />,
      tooltip: 'Failed, unhealthy, or restarting again and again',
    },
    {
      value: 'stopped',
      label: 'Stopped',
      count: counts.stopped,
      icon: <StateGlyph state="exited" size={12} />,
    },
  ];
}

function GroupingButton({ grouped }: { grouped: boolean }) {
  const items: MenuEntry[] = [
    {
      id: 'project',
      label: 'Group by project',
      checked: grouped,
      onAction: () => changeListSettings({ grouped: true }),
    },
    {
      id: 'flat',
      label: 'Do not group',
      checked: !grouped,
      onAction: () => changeListSettings({ grouped: false }),
    },
  ];
  return (
    <MenuButton variant="quiet" label="Grouping" icon={<Blocks size={15} />} items={items}>
      <span className="max-[1040px]:sr-only">{grouped ? 'Grouped by project' : 'Not grouped'}</span>
    </MenuButton>
  );
}

const columnNames: Record<OptionalColumn, string> = {
  image: 'Image',
  ports: 'Ports',
  cpu: 'CPU',
  memory: 'Memory',
};

function columnEntries(compact: boolean, hidden: readonly OptionalColumn[]): MenuEntry[] {
  const columns = optionalColumns.map((column) => ({
    id: column,
    label: columnNames[column],
    checked: !hidden.includes(column),
    onAction: () =>
      changeListSettings({
        hidden: hidden.includes(column) ? hidden.filter((other) => other !== column) : [...hidden, column],
      }),
  }));
  return [
    ...columns,
    'separator',
    {
      id: 'compact',
      label: 'Compact rows',
      checked: compact,
      onAction: () => changeListSettings({ compact: !compact }),
    },
  ];
}
