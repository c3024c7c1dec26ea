import { Download, Star } from 'lucide-react';
import { ListBox, ListBoxItem, Text } from 'react-aria-components';
import type { DiscoverSource, FoundRepository } from '#contract';
import { Badge } from '#ui/Badge';
import { formatAgo, formatExact } from '#ui/format';
import { Monogram } from '#ui/Monogram';
import { tip } from '#ui/tip';
import { useClock } from '../data/clock';
import { useEngine } from '../data/projection';
import { briefCount, isForOthers, resultId, shortName, staleYears } from './results';
import { TrustBadge } from './TrustBadge';

/** So that the search field can hand over the focus. */
export const resultsId = 'discover-results';

/** What the sources found, one row each; arrows move, the chosen one shows at the right. */
export function ResultsList({
  results,
  sources,
  chosen,
  onChoose,
}: {
  results: readonly FoundRepository[];
  sources: readonly DiscoverSource[];
  chosen: string | null;
  onChoose: (found: FoundRepository) => void;
}) {
  const names = new Map(sources.map(({ id, name }) => [id, name]));
  return (
    <ListBox
      id={resultsId}
      aria-label="Results"
      className="grid grid-cols-[minmax(0,1fr)] gap-0.5 outline-none"
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const found = results.find((result) => keys !== 'all' && keys.has(resultId(result)));
        if (found) onChoose(found);
      }}
    >
      {results.map((found) => (
        <ListBoxItem
          key={resultId(found)}
          id={resultId(found)}
          textValue={shortName(found)}
          className={({ isSelected, isFocusVisible }) =>
            `result ${isSelected ? 'on' : ''} ${isFocusVisible ? 'is-focus' : ''}`
          }
        >
          <ResultRow found={found} source={names.get(found.source) ?? found.source} />
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

function ResultRow({ found, source }: { found: FoundRepository; source: string }) {
  const now = useClock();
  return (
    <>
      <Monogram name={shortName(found)} size={34} />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-1.5 min-w-0">
          <Text slot="label" className="font-strong truncate">
            {shortName(found)}
          </Text>
          <TrustBadge trust={found.trust} />
          <Caution found={found} now={now} />
        </div>
        <Text slot="description" className="block">
          {found.description !== '' && (
            <span className="block text-12 text-fg2 truncate" dir="auto">
              {found.description}
            </span>
          )}
          <span className="flex gap-3 text-11 text-fg3 mt-0.5 num">
            {found.pulls !== null && (
              <span className="flex items-center gap-1" {...tip('Pulls')}>
                <Download size={12} aria-hidden="true" />
                {briefCount(found.pulls)}
                <span className="sr-only"> pulls</span>
              </span>
            )}
            {found.stars !== null && (
              <span className="flex items-center gap-1" {...tip('Stars')}>
                <Star size={12} aria-hidden="true" />
                {briefCount(found.stars)}
                <span className="sr-only"> stars</span>
              </span>
            )}
            {found.updatedAt !== null && (
              <span className="whitespace-nowrap" {...tip(`Updated ${formatExact(found.updatedAt)}`)}>
                {formatAgo(found.updatedAt, now)}
              </span>
            )}
            <span className="ml-auto first:ml-0 truncate">{source}</span>
          </span>
        </Text>
      </div>
    </>
  );
}

/** The one thing that speaks most against a repository: a name needs its place, too. */
function Caution({ found, now }: { found: FoundRepository; now: number }) {
  const arch = useEngine().facts?.arch;
  const stale = staleYears(found, now);
  if (found.archived) return <Badge tone="warn">Archived</Badge>;
  if (arch !== undefined && isForOthers(found, arch)) {
    return (
      <Badge tone="warn" tooltip={`Built for ${found.architectures.join(', ')}`}>
        Not for {arch}
      </Badge>
    );
  }
  return stale === null ? null : <Badge tone="warn">No update in {stale} years</Badge>;
}
