import { useEffect, useRef, useState } from 'react';
import type { LineStore } from './LineStore';
import { findHits, type Hit, hitFrom, hitLimit } from './search';

/** Typing goes on for this long before a log is searched. */
const typingMs = 120;

export interface LogSearch {
  /** What is searched for; lags behind typing. */
  wanted: string;
  hits: readonly Hit[];
  limited: boolean;
  /** Place of the hit that is shown; -1 while none is. */
  active: number;
  /** Goes to the next hit or the one before, from where the view is; gives the hit. */
  step(step: 1 | -1, firstInSight: number): Hit | null;
}

/** Searches what is held, and what comes later as it comes. */
export function useSearch(store: LineStore, typed: string, errors: boolean | null): LogSearch {
  const [wanted, setWanted] = useState('');
  const [hits, setHits] = useState<readonly Hit[]>([]);
  const [active, setActive] = useState<Hit | null>(null);
  const searched = useRef({ first: 0, end: 0 });

  useEffect(() => {
    const timer = setTimeout(() => setWanted(typed), typed === '' ? 0 : typingMs);
    return () => clearTimeout(timer);
  }, [typed]);

  useEffect(() => {
    setActive(null);
    setHits(findHits(store, wanted, { from: store.first, errors }));
    searched.current = { first: store.first, end: store.end };
    if (wanted === '') return;
    return store.subscribe(() => {
      const { first, end } = searched.current;
      searched.current = { first: store.first, end: store.end };
      setHits((known) => {
        // Older lines came in front: all places move, so it is searched anew.
        if (store.first < first) return findHits(store, wanted, { from: store.first, errors });
        const held =
          known[0] && known[0].line < store.first ? known.filter((hit) => hit.line >= store.first) : known;
        const found = findHits(store, wanted, { from: Math.max(end, store.first), errors });
        return found.length === 0 ? held : [...held, ...found].slice(0, hitLimit);
      });
    });
  }, [store, wanted, errors]);

  const place = active ? hits.findIndex((hit) => hit.line === active.line && hit.at === active.at) : -1;
  return {
    wanted,
    hits,
    limited: hits.length >= hitLimit,
    active: place,
    step(step, firstInSight) {
      if (hits.length === 0) return null;
      const next =
        place >= 0
          ? (place + step + hits.length) % hits.length
          : step === 1
            ? hitFrom(hits, firstInSight)
            : (hitFrom(hits, firstInSight) - 1 + hits.length) % hits.length;
      const hit = hits[next] ?? null;
      setActive(hit);
      return hit;
    },
  };
}
