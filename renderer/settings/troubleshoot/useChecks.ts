import { useCallback, useState } from 'react';
import type { CheckId, Finding } from '#contract';
import type { ProblemAction } from '#contract/problem';
import { client } from '../../data/client';
import { problemOf, runAction } from '../../data/problems';
import { useStream } from '../../data/stream';

interface Checks {
  names: readonly { id: CheckId; title: string }[];
  found: ReadonlyMap<CheckId, Finding>;
  running: boolean;
  failure: unknown;
}

const nothing: Checks = { names: [], found: new Map(), running: true, failure: null };

/**
 * The checks, run when the page opens and when they are asked for again.
 * @param first only those that matter before an engine is chosen
 */
export function useChecks(first = false) {
  const [checks, setChecks] = useState(nothing);
  const [order, setOrder] = useState({ network: false, first });
  const [repairing, setRepairing] = useState<CheckId | null>(null);
  const open = useCallback((signal: AbortSignal) => client.diagnostics.run(order, { signal }), [order]);
  useStream({
    open,
    onItem: (event) =>
      setChecks((now) =>
        event.type === 'begun'
          ? // What was found before stays until it is known anew, so that nothing jumps.
            { ...now, names: event.checks, running: true, failure: null }
          : { ...now, found: new Map(now.found).set(event.finding.id, event.finding) },
      ),
    onEnd: () => setChecks((now) => ({ ...now, running: false })),
    onError: (failure) => setChecks((now) => ({ ...now, running: false, failure })),
  });
  const again = useCallback((network = false) => {
    setChecks((now) => ({ ...now, running: true }));
    setOrder((now) => ({ ...now, network }));
  }, []);
  const repair = async (id: CheckId, action: ProblemAction) => {
    setRepairing(id);
    await runAction(action);
    setRepairing(null);
    // A page that was opened has this one closed; what was copied is yet to be pasted.
    if (action.kind === 'call' || action.kind === 'retry') again(order.network);
  };
  return {
    ...checks,
    problem: checks.failure === null ? null : problemOf(checks.failure),
    repairing,
    again,
    repair,
  };
}

/** What needs a hand first, the worst of it first; then what is fine; then what was not looked at. */
export function sorted(found: Iterable<Finding>) {
  const all = [...found];
  const of = (...results: Finding['result'][]) =>
    results.flatMap((result) => all.filter((finding) => finding.result === result));
  return { wrong: of('failed', 'warning'), fine: of('ok'), skipped: of('skipped') };
}
