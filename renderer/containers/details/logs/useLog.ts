import { useCallback, useMemo, useRef, useState } from 'react';
import type { LogBatch } from '#contract';
import type { Problem } from '#contract/problem';
import { client } from '../../../data/client';
import { problemOf } from '../../../data/problems';
import { useStream } from '../../../data/stream';
import { LineStore } from './LineStore';

/** Lines of the first page: more than fit on any screen. */
export const firstPage = 2000;
const olderPage = 5000;
/** Lines that are asked for when a log goes on that was read before. */
const resumePage = 20_000;

export type LogStatus = 'loading' | 'live' | 'ended' | 'failed';

export interface Log {
  store: LineStore;
  status: LogStatus;
  problem: Problem | null;
  /** Lines that were lost because they came too fast. */
  skipped: number;
  /** Whether the log's first line is held, or what the view began with after it was cleared. */
  atBeginning: boolean;
  loadingOlder: boolean;
  loadOlder(): void;
}

/**
 * The log of a container, newest page first, then live.
 * @param run changes when the container was started anew, or the engine came back: the log then goes on
 * @param since milliseconds since 1970; null for all
 */
export function useLog(id: string, run: string, since: number | null): Log {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another log, or another part of it, begins with nothing
  const store = useMemo(() => new LineStore(), [id, since]);
  const [status, setStatus] = useState<LogStatus>('loading');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [skipped, setSkipped] = useState(0);
  const [beginningOf, setBeginningOf] = useState<LineStore | null>(null);
  const [olderOf, setOlderOf] = useState<LineStore | null>(null);
  /** Where the log goes on from: what is not newer is held already. */
  const resume = useRef<{ time: string; received: number } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `run` opens it again
  const open = useCallback(
    (signal: AbortSignal) => {
      const time = store.newestTime;
      resume.current = time === '' ? null : { time, received: 0 };
      setStatus('loading');
      setProblem(null);
      const from = time === '' ? since : Date.parse(time);
      const input = {
        id,
        follow: true,
        tail: time === '' ? firstPage : resumePage,
        ...(from === null ? {} : { since: from }),
      };
      return client.containers.logs(input, { signal });
    },
    [store, id, since, run],
  );

  const onItem = (batch: LogBatch) => {
    const { current } = resume;
    let { lines } = batch;
    if (current) {
      current.received += lines.length;
      // So many came in between that the engine left some out: what is held would not join.
      if (current.received >= resumePage) {
        store.clear();
        resume.current = null;
      } else lines = lines.filter((line) => line.time > current.time);
    }
    store.append(lines);
    if (batch.skipped) setSkipped((before) => before + (batch.skipped ?? 0));
    if (batch.live) {
      resume.current = null;
      setStatus('live');
      if (store.count < firstPage) setBeginningOf(store);
    }
    if (batch.ended) setStatus('ended');
  };
  useStream({
    open,
    onItem,
    onEnd: () => setStatus('ended'),
    onError: (error) => {
      setProblem(problemOf(error));
      setStatus('failed');
    },
  });

  const atBeginning = beginningOf === store;
  const loadingOlder = olderOf === store;
  const loadOlder = () => {
    if (atBeginning || loadingOlder || store.full || store.count === 0) return;
    setOlderOf(store);
    const oldest = store.oldestTime;
    const input = { id, have: store.count, count: olderPage, ...(since === null ? {} : { since }) };
    client.containers.olderLogs(input).then(
      (lines) => {
        // Lines that the engine received meanwhile move the page: what is held already is left out.
        store.prepend(lines.filter((line) => line.time < oldest));
        if (lines.length < olderPage) setBeginningOf(store);
        setOlderOf(null);
      },
      (error: unknown) => {
        setOlderOf(null);
        setProblem(problemOf(error));
      },
    );
  };
  return { store, status, problem, skipped, atBeginning, loadingOlder, loadOlder };
}
