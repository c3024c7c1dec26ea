import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { CatalogueEntry, DiscoverSource, FoundRepository } from '#contract';
import { EmptyState } from '#ui/EmptyState';
import { AfterMoment } from '#ui/Skeleton';
import { api } from '../data/client';
import { navigate, useRouter } from '../shell/router';
import { useShortcut } from '../shell/shortcuts';
import { AddRegistryDialog } from './AddRegistryDialog';
import { CatalogueView } from './CatalogueView';
import { RepositoryPane } from './RepositoryPane';
import { ResultsList, resultsId } from './ResultsList';
import { bareRepository, readSearch } from './reading';
import { catalogueMatches, mergeResults, resultId, type Sort } from './results';
import { SearchFilters, SearchHead } from './SearchBar';
import { FailedSources, SourceFoot } from './SourceNotes';
import { type Trust, useSearch, useSettled } from './useSearch';

const debounceMs = 350;

/** Search in all registries at once; what is found opens at the right with its tags. */
export default function DiscoverPage() {
  const route = useRouter((state) => state.route);
  const address = route.page === 'discover' ? route : { page: 'discover' as const };
  const [text, setText] = useState(address.q ?? '');
  const [source, setSource] = useState('all');
  const [trust, setTrust] = useState<Trust | undefined>(undefined);
  const [sort, setSort] = useState<Sort>('best');
  const [adding, setAdding] = useState(false);
  const [now, setNow] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useShortcut({ keys: '/', label: 'Search registries' }, () => field.current?.focus());

  const settled = useSettled(text, debounceMs);
  // Enter does not wait.
  const asked = now === text ? text : settled;
  useAddress(asked, setText);
  const reading = readSearch(text);
  const meant = readSearch(asked);
  const sources = useQuery(api.discover.sources.queryOptions()).data ?? [];
  // Docker Hub and Quay are known by an id of their own.
  const registries = sources.filter(({ id, host }) => id === host);
  const inScope = source === 'all' ? sources : sources.filter(({ id }) => id === source);
  const question = meant.kind === 'search' && meant.term !== '' ? { term: meant.term, trust, sort } : null;
  const search = useSearch(question, sources);
  const catalogue = useQuery(api.discover.catalogue.queryOptions()).data ?? [];

  const results = (): FoundRepository[] => {
    if (meant.kind === 'name') {
      const own = registries.some(({ host }) => host === meant.repository.source);
      return [own ? { ...meant.repository, trust: 'yours' } : meant.repository];
    }
    if (meant.kind === 'nothing') return [];
    const found = inScope.map(({ id }) => search.sources.get(id)?.results ?? []);
    const hubFailed = inScope.some(({ id }) => id === 'hub' && search.sources.get(id)?.status === 'failed');
    const recommended = hubFailed && (trust === undefined || trust === 'official');
    return mergeResults(
      recommended ? [...found, catalogueMatches(catalogue, meant.term)] : found,
      meant.term,
      sort,
    );
  };
  const shown = results();
  const states = inScope
    .filter(({ searchable }) => searchable)
    .map(({ id }) => search.sources.get(id)?.status);
  const settledAll = states.every((status) => status === 'done' || status === 'failed' || status === 'more');
  const first = useFirst(asked, shown, settledAll || meant.kind === 'name');
  const chosen = chosenOf(shown, address) ?? shown.find((found) => resultId(found) === first) ?? null;

  const choose = (found: FoundRepository) =>
    navigate(
      { page: 'discover', q: asked, source: found.source, repository: found.repository },
      { replace: true },
    );
  const openEntry = ({ reference, tag }: CatalogueEntry) => setText(`${reference}:${tag}`);

  return (
    <>
      <SearchHead
        text={text}
        onChange={setText}
        onSubmit={() => setNow(text)}
        reading={reading}
        inputRef={field}
        onDown={() => document.getElementById(resultsId)?.focus()}
      />
      <SearchFilters
        {...{ sources, search, source, trust, sort }}
        onSource={setSource}
        onTrust={setTrust}
        onSort={setSort}
        onAdd={() => setAdding(true)}
      />
      {meant.kind === 'nothing' ? (
        <CatalogueView sources={sources} onOpen={openEntry} />
      ) : (
        <div className="flex-1 min-h-0 grid grid-cols-[minmax(264px,34%)_minmax(0,1fr)] min-[1200px]:grid-cols-[372px_minmax(0,1fr)] border-t border-line">
          <div className="p-2 overflow-y-auto border-r border-line min-w-0">
            <FailedSources sources={inScope} search={search} />
            {shown.length > 0 && (
              <ResultsList
                results={shown}
                sources={sources}
                chosen={chosen && resultId(chosen)}
                onChoose={choose}
              />
            )}
            {shown.length === 0 && settledAll && <NothingFound words={asked} sources={inScope} />}
            {meant.kind === 'search' && <SourceFoot sources={inScope} search={search} />}
          </div>
          {chosen ? (
            <RepositoryPane
              key={`${resultId(chosen)} ${asked}`}
              repository={chosen}
              wantedTag={meant.tag}
              digest={meant.kind === 'name' ? meant.digest : null}
            />
          ) : (
            <AfterMoment>
              <p className="p-5 text-fg3">{settledAll ? '' : 'Waiting for the registries…'}</p>
            </AfterMoment>
          )}
        </div>
      )}
      {adding && <AddRegistryDialog onClose={() => setAdding(false)} />}
    </>
  );
}

function NothingFound({ words, sources }: { words: string; sources: readonly DiscoverSource[] }) {
  if (sources.some(({ searchable }) => searchable)) {
    return (
      <EmptyState
        compact
        title={`Nothing found for “${words}”`}
        text="Check the spelling, or look in other registries and at any trust."
      />
    );
  }
  const host = sources[0]?.host ?? 'registry.example.com';
  return (
    <EmptyState
      compact
      title="No search here"
      text={`Paste a full name instead, such as ${host}/team/app.`}
    />
  );
}

/**
 * Keeps the words in the address, so that Back and a reload find them again; an address from elsewhere (a link, the
 * palette) replaces what is in the field.
 */
function useAddress(words: string, setText: (text: string) => void): void {
  const q = useRouter(({ route }) => (route.page === 'discover' ? (route.q ?? '') : null));
  const own = useRef(words);
  useEffect(() => {
    if (own.current === words) return;
    own.current = words;
    navigate({ page: 'discover', ...(words === '' ? {} : { q: words }) }, { replace: true });
  }, [words]);
  useEffect(() => {
    if (q === null || q === own.current) return;
    own.current = q;
    setText(q);
  }, [q, setText]);
}

/**
 * The result that opens by itself. Decided once for each search, when all sources have answered or an official image
 * leads: what is shown must not change under the pointer when a slow source arrives.
 */
function useFirst(words: string, results: readonly FoundRepository[], settled: boolean): string | null {
  const [decided, setDecided] = useState<{ words: string; id: string } | null>(null);
  const [lead] = results;
  const known = decided?.words === words ? decided.id : null;
  const ready = lead && (settled || lead.trust === 'official');
  const id = known ?? (ready ? resultId(lead) : null);
  if (id !== null && known === null) setDecided({ words, id });
  return id;
}

const hosts: Record<string, string> = { hub: 'docker.io', quay: 'quay.io' };

/** The repository that the address names, found or not. */
function chosenOf(
  results: readonly FoundRepository[],
  { source, repository }: { source?: string; repository?: string },
): FoundRepository | undefined {
  if (source === undefined || repository === undefined) return undefined;
  return (
    results.find((found) => found.source === source && found.repository === repository) ??
    bareRepository(hosts[source] ?? source, repository)
  );
}
