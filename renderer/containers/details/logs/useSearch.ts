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
  const [active, setActive] = useState<{ hit: Hit; of: string } | null>(null);
  const searched = useRef({ first: 0, end: 0 });

  useEffect(() => {
    const timer = setTimeout(() => setWanted(typed), typed === '' ? 0 : typingMs);
    return () => clearTimeout(timer);
  }, [typed]);

  useEffect(() => {
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

  const shown = active?.of === wanted ? active.hit : null;
  const placeIn = (list: readonly Hit[]) =>
    shown ? list.findIndex((hit) => hit.line === shown.line && hit.at === shown.at) : -1;
  return {
    wanted,
    hits,
    limited: hits.length >= hitLimit,
    active: placeIn(hits),
    step(step, firstInSight) {
      // Whoever steps has ended typing.
      const list = typed === wanted ? hits : findHits(store, typed, { from: store.first, errors });
      setWanted(typed);
      if (list.length === 0) return null;
      const place = typed === wanted ? placeIn(list) : -1;
      const near = hitFrom(list, firstInSight) - (step === 1 ? 0 : 1);
      const next = ((place >= 0 ? place + step : near) + list.length) % list.length;
      const hit = list[next] ?? null;
      setActive(hit && { hit, of: typed });
      return hit;
    },
  };
}
