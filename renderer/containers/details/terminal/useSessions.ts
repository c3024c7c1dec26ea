import { useCallback, useEffect, useRef, useState } from 'react';
import type { TerminalSession } from '#contract';
import type { Problem } from '#contract/problem';
import { client } from '../../../data/client';
import { problemOf, showProblem } from '../../../data/problems';

/** What a new terminal runs; absent: found by trying, and as the image says. */
export interface Wanted {
  shell?: string;
  user?: string;
}

/** Until the screen has measured itself. */
const firstSize = { columns: 80, rows: 24 };

/** The terminals of a container. The backend keeps them; this is what the view knows of them. */
export function useSessions(containerId: string, runs: boolean) {
  const [sessions, setSessions] = useState<TerminalSession[] | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [opening, setOpening] = useState(false);
  const began = useRef(false);

  const open = useCallback(
    async (wanted: Wanted = {}) => {
      setOpening(true);
      setProblem(null);
      try {
        const session = await client.terminal.open({ containerId, ...wanted, ...firstSize });
        setSessions((known) => [...(known ?? []), session]);
        setActive(session.sessionId);
      } catch (error) {
        setProblem(problemOf(error));
      } finally {
        setOpening(false);
      }
    },
    [containerId],
  );

  useEffect(() => {
    if (began.current) return;
    began.current = true;
    client.terminal.sessions({ containerId }).then(
      (known) => {
        setSessions(known);
        setActive(known.at(-1)?.sessionId ?? null);
        // Whoever opens this tab wants a shell.
        if (known.length === 0 && runs) void open();
      },
      (error: unknown) => setProblem(problemOf(error)),
    );
  }, [containerId, runs, open]);

  const close = (sessionId: string) => {
    const left = (sessions ?? []).filter((session) => session.sessionId !== sessionId);
    setSessions(left);
    if (active === sessionId) setActive(left.at(-1)?.sessionId ?? null);
    client.terminal.close({ sessionId }).catch(showProblem);
  };
  const ended = (sessionId: string, exitCode: number) =>
    setSessions((known) =>
      (known ?? []).map((session) => (session.sessionId === sessionId ? { ...session, exitCode } : session)),
    );
  return {
    sessions,
    active,
    problem,
    opening,
    open,
    close,
    ended,
    select: setActive,
    dismiss: () => setProblem(null),
  };
}
