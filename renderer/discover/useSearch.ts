import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { DiscoverSource, FoundRepository, Problem } from '#contract';
import type { trust } from '#contract/discover';
import { client } from '../data/client';
import { problemOf } from '../data/problems';
import type { Sort } from './results';

export type Trust = z.infer<typeof trust>;

export interface SearchQuestion {
  term: string;
  trust: Trust | undefined;
  sort: Sort;
}

/** How far one source is with the search. */
export interface SourceSearch {
  status: 'asking' | 'more' | 'done' | 'failed';
  results: readonly FoundRepository[];
  total: number | null;
  next: string | null;
  problem: Problem | null;
}

const asking: SourceSearch = { status: 'asking', results: [], total: null, next: null, problem: null };

export interface Search {
  sources: ReadonlyMap<string, SourceSearch>;
  retry: (source: string) => void;
  more: (source: string) => void;
}

/** Runs one search and keeps what each source says of it. Ends what is under way when it is closed. */
class Searching {
  readonly #owner = new AbortController();
  #state = new Map<string, SourceSearch>();

  constructor(
    private readonly question: SearchQuestion,
    private readonly show: (state: ReadonlyMap<string, SourceSearch>) => void,
  ) {}

  ask(source: string): void {
    this.#set(source, asking);
    void this.#page(source, asking);
  }

  more(source: string): void {
    const before = this.#state.get(source);
    if (before?.status !== 'done' || before.next === null) return;
    this.#set(source, { ...before, status: 'more' });
    void this.#page(source, before);
  }

  close(): void {
    this.#owner.abort();
  }

  async #page(source: string, before: SourceSearch): Promise<void> {
    const { signal } = this.#owner;
    const { term, trust: wanted, sort } = this.question;
    try {
      const page = await client.discover.search(
        { source, term, sort, trust: wanted, next: before.next ?? undefined },
        { signal },
      );
      const known = new Set(before.results.map(({ repository }) => repository));
      const fresh = page.results.filter(({ repository }) => !known.has(repository));
      this.#set(source, {
        status: 'done',
        results: [...before.results, ...fresh],
        total: page.total ?? before.total,
        next: page.next,
        problem: null,
      });
    } catch (error) {
      this.#set(source, { ...before, status: 'failed', problem: problemOf(error) });
    }
  }

  #set(source: string, now: SourceSearch): void {
    if (this.#owner.signal.aborted) return;
    this.#state = new Map(this.#state).set(source, now);
    this.show(this.#state);
  }
}

const nothing: ReadonlyMap<string, SourceSearch> = new Map();

/** Searches all sources at once, each on its own; a changed question cancels the one before. Null asks nobody. */
export function useSearch(question: SearchQuestion | null, sources: readonly DiscoverSource[]): Search {
  const [state, setState] = useState({ key: '', sources: nothing });
  const [running, setRunning] = useState<Searching | null>(null);
  const ids = sources
    .filter(({ searchable }) => searchable)
    .map(({ id }) => id)
    .join(' ');
  const key = JSON.stringify([question, ids]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question's text decides, not the object
  useEffect(() => {
    if (!question || ids === '') return;
    const search = new Searching(question, (now) => setState({ key, sources: now }));
    for (const id of ids.split(' ')) search.ask(id);
    setRunning(search);
    return () => {
      search.close();
      setRunning(null);
    };
  }, [key]);
  return {
    // Until the new question is on its way, the answers to the old one are nobody's.
    sources: state.key === key ? state.sources : nothing,
    retry: (source) => running?.ask(source),
    more: (source) => running?.more(source),
  };
}

/** The value once it has stood still for a while. An empty one counts at once. */
export function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (value.trim() === '') {
      setSettled(value);
      return;
    }
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
