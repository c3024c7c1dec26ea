import { Check, Info } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { FoundRepository, FoundTag } from '#contract';
import { Button } from '#ui/Button';
import { EmptyState } from '#ui/EmptyState';
import { formatCount } from '#ui/format';
import { ProblemBanner } from '#ui/ProblemView';
import { SearchField } from '#ui/SearchField';
import { SkeletonRows } from '#ui/Skeleton';
import { problemOf, runAction } from '../data/problems';
import { Term } from '../terms/Term';
import { TagsTable } from './TagsTable';
import { useSettled } from './useSearch';
import { useTags } from './useTags';

interface TagsSectionProps {
  repository: FoundRepository;
  wantedTag: string | null;
  chosen: string | null;
  /** The engine's processor; null while no engine is connected. */
  arch: string | null;
  onChoose: (tag: string) => void;
  /** Which tag to begin with, as soon as the list tells. */
  onFirst: (tag: string) => void;
}

/** The tags with their filter, and which of them are one image. */
export function TagsSection({ repository, wantedTag, chosen, arch, onChoose, onFirst }: TagsSectionProps) {
  const [filter, setFilter] = useState(wantedTag ?? '');
  const [ownOnly, setOwnOnly] = useState(false);
  const list = useTags(repository, useSettled(filter, 350), wantedTag ?? 'latest');
  const first = list.seeking ? null : firstTag(list.tags, wantedTag);
  useEffect(() => {
    if (first !== null) onFirst(first);
  }, [first, onFirst]);
  const fits = ({ platforms }: FoundTag) =>
    !ownOnly ||
    arch === null ||
    platforms.length === 0 ||
    platforms.some((platform) => platform.arch === arch);
  const shown = list.tags.filter(fits);
  return (
    <div className="px-5">
      <div className="pb-2 flex items-center gap-2">
        <span className="flex items-center gap-0.5">
          <h3 className="h2">Tags</h3>
          <Term id="tag" />
        </span>
        {!list.loading && !list.error && (
          <span className="text-fg3 num">{countText(shown.length, list.total)}</span>
        )}
        <span className="ml-auto flex gap-2 items-center">
          <SearchField
            label="Filter tags"
            value={filter}
            onChange={setFilter}
            className="w-[168px] discover-filter"
          />
          {arch !== null && (
            <Button
              size="sm"
              aria-pressed={ownOnly}
              className={ownOnly ? 'is-on' : ''}
              icon={ownOnly ? <Check size={14} /> : undefined}
              tooltip={`Tags that are built for ${arch}`}
              onPress={() => setOwnOnly(!ownOnly)}
            >
              This computer’s platform
            </Button>
          )}
        </span>
      </div>
      {list.error ? (
        <TagsProblem error={list.error} onRetry={list.retry} />
      ) : list.loading ? (
        <SkeletonRows headers={['Tag', 'Download', 'Platforms']} rows={5} label="Loading tags" />
      ) : (
        <div className="flex flex-col min-h-0 max-h-[420px]">
          <TagsTable
            tags={shown}
            chosen={chosen}
            arch={arch ?? ''}
            onChoose={onChoose}
            onVisible={list.onVisible}
            empty={
              <EmptyState
                compact
                title={filter === '' ? 'No tags here' : `No tag contains “${filter}”`}
                actions={filter !== '' && <Button onPress={() => setFilter('')}>Clear the filter</Button>}
              />
            }
          />
        </div>
      )}
      {list.hasMore && (
        <div className="mt-2">
          <Button size="sm" busy={list.loadingMore} onPress={list.more}>
            Load more tags
          </Button>
        </div>
      )}
      <SameImage tags={list.tags} chosen={chosen} />
    </div>
  );
}

function TagsProblem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <ProblemBanner
      problem={problemOf(error)}
      tone="warn"
      onAction={(action) => (action.kind === 'retry' ? onRetry() : void runAction(action))}
    />
  );
}

function SameImage({ tags, chosen }: { tags: readonly FoundTag[]; chosen: string | null }) {
  const digest = tags.find(({ name }) => name === chosen)?.digest ?? null;
  const names = tags.filter((tag) => digest !== null && tag.digest === digest).map(({ name }) => name);
  const others = names.filter((name) => name !== chosen);
  if (others.length === 0) return null;
  const few = others.slice(0, 4);
  const list = new Intl.ListFormat('en', { type: 'conjunction' }).format(
    few.length < others.length ? [...few, `${others.length - few.length} more`] : few,
  );
  return (
    <p className="help mt-2 flex items-start gap-1.5">
      <Info size={13} className="mt-[2px] shrink-0" aria-hidden="true" />
      <span className="wrap-anywhere">
        {chosen} is also called {list}: one image, {names.length} names.
      </span>
    </p>
  );
}

const countText = (shown: number, total: number | null) =>
  total === null || total === shown ? formatCount(shown) : `${formatCount(shown)} of ${formatCount(total)}`;

function firstTag(tags: readonly FoundTag[], wanted: string | null): string | null {
  const named = (name: string | null) => tags.find((tag) => tag.name === name)?.name;
  return named(wanted) ?? named('latest') ?? tags[0]?.name ?? null;
}
