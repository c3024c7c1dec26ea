import { Plus, ShieldCheck, TriangleAlert } from 'lucide-react';
import type { Ref } from 'react';
import type { DiscoverSource } from '#contract';
import { Badge } from '#ui/Badge';
import { Button } from '#ui/Button';
import { MenuButton } from '#ui/MenuButton';
import { SearchField } from '#ui/SearchField';
import { SegmentedControl } from '#ui/SegmentedControl';
import { Term } from '../terms/Term';
import type { Reading } from './reading';
import type { Sort } from './results';
import type { Search, Trust } from './useSearch';

const trusts: readonly { value: Trust | undefined; label: string }[] = [
  { value: undefined, label: 'Any trust' },
  { value: 'official', label: 'Official' },
  { value: 'verified', label: 'Verified publisher' },
  { value: 'sponsored', label: 'Sponsored open source' },
  { value: 'yours', label: 'Your registries' },
];
const sorts: readonly { value: Sort; label: string }[] = [
  { value: 'best', label: 'Best match' },
  { value: 'pulls', label: 'Most pulled' },
  { value: 'updated', label: 'Last updated' },
];

/** The page's title with the search field, which says how it was read. */
export function SearchHead({
  text,
  onChange,
  onSubmit,
  reading,
  onDown,
  inputRef,
}: {
  text: string;
  onChange: (text: string) => void;
  /** Enter: searches at once. */
  onSubmit: () => void;
  reading: Reading;
  /** Arrow down: on to the results. */
  onDown: () => void;
  inputRef: Ref<HTMLInputElement>;
}) {
  return (
    <header className="px-6 pt-4 pb-3 flex gap-4 items-center">
      <span className="flex items-center gap-1">
        <h1 className="h1">Discover</h1>
        <Term id="registry" />
      </span>
      <div
        className="discover-search relative flex-1 min-w-0"
        onKeyDownCapture={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          onDown();
        }}
      >
        <SearchField
          label="Search registries"
          placeholder="Search for an image, or paste its full name"
          className="w-full"
          value={text}
          onChange={onChange}
          onSubmit={onSubmit}
          inputRef={inputRef}
          shortcut="/"
        />
        <ReadAs reading={reading} />
      </div>
    </header>
  );
}

function ReadAs({ reading }: { reading: Reading }) {
  if (reading.kind === 'nothing') return null;
  const image = reading.kind === 'name' ? reading.repository.reference : reading.term;
  const tag = reading.kind === 'name' ? (reading.tag ?? reading.digest?.slice(0, 19)) : reading.tag;
  if (reading.kind === 'search' && tag === null) return null;
  return (
    <span
      role="status"
      className="absolute right-9 top-1/2 -translate-y-1/2 flex items-center gap-1.5 text-12 text-fg3 pointer-events-none bg-field pl-2 max-w-[60%]"
    >
      read as
      <Badge tone="accent">
        <span className="truncate max-w-[220px]">image: {image}</span>
      </Badge>
      {tag && (
        <Badge tone="accent">
          <span className="truncate max-w-[140px]">tag: {tag}</span>
        </Badge>
      )}
    </span>
  );
}

/** Which sources, which trust, which order. */
export function SearchFilters({
  sources,
  search,
  source,
  onSource,
  trust,
  onTrust,
  sort,
  onSort,
  onAdd,
}: {
  sources: readonly DiscoverSource[];
  search: Search;
  source: string;
  onSource: (source: string) => void;
  trust: Trust | undefined;
  onTrust: (trust: Trust | undefined) => void;
  sort: Sort;
  onSort: (sort: Sort) => void;
  onAdd: () => void;
}) {
  return (
    <div className="px-6 pb-3 flex items-center gap-2.5 min-w-0">
      <div className="overflow-x-auto min-w-0 py-px">
        <SegmentedControl
          label="Where to search"
          value={source}
          onChange={onSource}
          segments={[
            { value: 'all', label: 'All registries' },
            ...sources.map(({ id, name }) => segmentOf(id, name, search)),
          ]}
        />
      </div>
      <MenuButton
        size="sm"
        variant="quiet"
        label="Trust"
        icon={<ShieldCheck size={14} />}
        items={trusts.map(({ value, label }) => ({
          id: label,
          label,
          checked: value === trust,
          onAction: () => onTrust(value),
        }))}
      >
        {trusts.find(({ value }) => value === trust)?.label}
      </MenuButton>
      <Button size="sm" variant="quiet" icon={<Plus size={14} />} onPress={onAdd}>
        Add a registry
      </Button>
      <span className="ml-auto text-12 text-fg3 flex items-center gap-1 shrink-0">
        <span className="max-[1100px]:sr-only">Sorted by</span>
        <MenuButton
          size="sm"
          variant="quiet"
          label="Sort"
          items={sorts.map(({ value, label }) => ({
            id: value,
            label,
            checked: value === sort,
            onAction: () => onSort(value),
          }))}
        >
          {sorts.find(({ value }) => value === sort)?.label}
        </MenuButton>
      </span>
    </div>
  );
}

function segmentOf(id: string, name: string, search: Search) {
  const state = search.sources.get(id);
  if (state?.status === 'failed') {
    return {
      value: id,
      label: name,
      icon: <TriangleAlert size={12} className="text-warn-fg" aria-label="Failed:" />,
      tooltip: state.problem?.title,
    };
  }
  const count = state?.status === 'done' ? (state.total ?? state.results.length) : undefined;
  return { value: id, label: name, ...(count === undefined ? {} : { count }) };
}
