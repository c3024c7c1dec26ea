import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ProblemAction, RunFinding, RunProposal, RunSpec } from '#contract';
import { client } from '../../data/client';
import { runAction, showProblem } from '../../data/problems';
import { useContainers } from '../../data/projection';
import { closeRun } from '../store';
import { formFindings, rootOf, withChange } from './draft';

/** How long the form waits for the next key before it asks the engine. */
const QUIET_MS = 200;

export interface RunForm {
  spec: RunSpec;
  proposal: RunProposal | null;
  set: (part: Partial<RunSpec>) => void;
  /** Findings of this field or row that the user should see by now. */
  findings: (field: string) => RunFinding[];
  /** All problems that are seen. */
  problems: RunFinding[];
  /** A field was left: from now on its findings show. */
  leave: (field: string) => void;
  /** A row was added: it may be unfinished until it is left. */
  addedRow: (field: string) => void;
  /** Runs a fix. */
  fix: (action: ProblemAction) => void;
  /** Puts a value into its field; the run as it is then, null when it does not fit. */
  change: (action: Extract<ProblemAction, { kind: 'change' }>) => RunSpec | null;
  /** Asks the engine about this run now and shows everything; what is found. */
  checkAll: (spec: RunSpec) => Promise<RunFinding[]>;
}

interface Start {
  spec: RunSpec;
  proposal: RunProposal | null;
}

/** Needed values that nobody had the chance to enter yet are no mistakes. */
const emptyAtFirst = ({ env }: RunSpec): Set<string> =>
  new Set(env.flatMap(({ value }, index) => (value === '' ? [`env.${index}`] : [])));

/** What the engine finds about a run a moment after it was changed, and again when containers change. */
function useFindings(spec: RunSpec) {
  const own = useMemo(() => formFindings(spec), [spec]);
  const [found, setFound] = useState<RunFinding[]>([]);
  const [round, setRound] = useState(0);
  const containers = useContainers();
  // biome-ignore lint/correctness/useExhaustiveDependencies: containers and rounds change what the engine finds
  useEffect(() => {
    if (own.length > 0) return;
    const owner = new AbortController();
    const ask = () =>
      client.run.check(spec, { signal: owner.signal }).then(
        (findings) => !owner.signal.aborted && setFound(findings),
        // The engine is away: starting will say so, and the page behind does already.
        () => undefined,
      );
    const timer = setTimeout(ask, QUIET_MS);
    return () => {
      clearTimeout(timer);
      owner.abort();
    };
  }, [spec, own, containers, round]);
  const checkNow = async (now: RunSpec) => {
    const wrong = formFindings(now);
    if (wrong.length > 0) return wrong;
    const findings = await client.run.check(now);
    setFound(findings);
    return findings;
  };
  return { findings: own.length > 0 ? own : found, checkNow, again: () => setRound((count) => count + 1) };
}

/** The state of the form: the run, what is wrong with it, what of that is shown. */
export function useRunFormState({ spec: first, proposal }: Start): RunForm {
  const [spec, setSpec] = useState(first);
  const [fresh, setFresh] = useState(() => emptyAtFirst(first));
  const { findings, checkNow, again } = useFindings(spec);
  const seen = findings.filter(({ field }) => !fresh.has(rootOf(field)));

  function set(part: Partial<RunSpec>) {
    setSpec((now) => ({ ...now, ...part }));
  }

  function change({ field, value }: Extract<ProblemAction, { kind: 'change' }>): RunSpec | null {
    const next = withChange(spec, field, value);
    if (next) setSpec(next);
    return next;
  }

  async function fix(action: ProblemAction) {
    if (action.kind === 'change') {
      change(action);
      return;
    }
    if (action.kind === 'open') closeRun();
    await runAction(action);
    again();
  }

  return {
    spec,
    proposal,
    set,
    findings: (field) =>
      seen.filter((finding) => finding.field === field || finding.field.startsWith(`${field}.`)),
    problems: seen.filter(({ level }) => level === 'problem'),
    leave: (field) => {
      if (!fresh.has(field)) return;
      setFresh(new Set([...fresh].filter((other) => other !== field)));
    },
    addedRow: (field) => setFresh(new Set(fresh).add(field)),
    fix: (action) => void fix(action).catch(showProblem),
    change,
    checkAll: (now) => {
      setFresh(new Set());
      return checkNow(now);
    },
  };
}

export const RunFormContext = createContext<RunForm | null>(null);

/** The form around this field. */
export function useRunForm(): RunForm {
  const form = useContext(RunFormContext);
  if (!form) throw new Error('A field of the Run dialog stands outside of it');
  return form;
}
