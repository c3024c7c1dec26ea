import { Check } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ProxyDraft, ProxyStep, ProxyTrial, VmSettings } from '#contract';
import type { Problem, ProblemAction } from '#contract/problem';
import { Button } from '#ui/Button';
import { Fold } from '#ui/Fold';
import { ProblemBanner } from '#ui/ProblemView';
import { StateGlyph } from '#ui/StateGlyph';
import { client } from '../../data/client';
import { problemOf, runAction } from '../../data/problems';
import { useVmSettings } from './draft';
import { withHost } from './rules';
import { wrongCount } from './wrong';

interface Found {
  /** The form as it was tried. What was found says nothing about another one. */
  draft: ProxyDraft;
  trial: ProxyTrial | null;
  problem: Problem | null;
}

/** The proxy for HTTP, which was not tried, moves along only where it is the same one. */
function atHost(proxy: VmSettings['proxy'], host: string): VmSettings['proxy'] {
  const https = withHost(proxy.https, host);
  return { ...proxy, https, http: proxy.http === proxy.https ? https : proxy.http };
}

const same = (one: ProxyDraft, other: ProxyDraft) => JSON.stringify(one) === JSON.stringify(other);

/** Tries the proxy as it stands in the form, before it is applied. */
export function ProxyTest() {
  const { shown, edit, setNow } = useVmSettings();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const owner = useRef<AbortController | null>(null);
  useEffect(() => () => owner.current?.abort(), []);
  if (!shown) return null;
  const { proxy, dns, certificates } = shown;
  const draft: ProxyDraft = { proxy, dns, certificates };
  const wrong = wrongCount(draft) > 0;

  async function test() {
    const controller = new AbortController();
    owner.current = controller;
    const { signal } = controller;
    setBusy(true);
    setFound(null);
    try {
      const trial = await client.vm.testProxy(draft, { signal });
      setFound({ draft, trial, problem: trial.problem });
    } catch (error) {
      if (!signal.aborted) setFound({ draft, trial: null, problem: problemOf(error) });
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  }

  function act(action: ProblemAction) {
    if (action.kind === 'retry') void test();
    else if (action.kind === 'change') {
      if (action.field === 'hostAccess') setNow({ hostAccess: true });
      else edit({ proxy: atHost(proxy, String(action.value)) });
      setFound(null);
      // The button that was pressed is gone.
      button.current?.focus();
    } else void runAction(action);
  }

  return (
    <div className="mt-3">
      <div className="flex items-center gap-2.5">
        <Button
          size="sm"
          busy={busy}
          ref={button}
          disabledReason={wrong ? 'Correct what is marked first' : undefined}
          onPress={() => void test()}
        >
          Test
        </Button>
        <span className="help min-w-0">
          Asks Docker Hub whether it answers this way. It sees your network address then.
        </span>
      </div>
      {found && same(found.draft, draft) && <Result {...found} onAction={act} />}
    </div>
  );
}

function Result({ trial, problem, onAction }: Found & { onAction: (action: ProblemAction) => void }) {
  return (
    <div className="grid gap-2 mt-2.5">
      {problem ? (
        <ProblemBanner problem={problem} onAction={onAction} />
      ) : (
        trial && (
          <p role="status" className="flex items-start gap-1.5">
            <Check size={15} className="text-ok-fg shrink-0 mt-[3px]" aria-hidden="true" />
            <span className="min-w-0 wrap-anywhere">
              Docker Hub answered {trial.through === null ? 'directly' : `through ${trial.through}`} in{' '}
              {trial.ms} ms
            </span>
          </p>
        )
      )}
      {trial?.notes.map((note) => (
        <p key={note} className="help wrap-anywhere">
          {note}
        </p>
      ))}
      {trial && trial.steps.length > 0 && (
        <Fold title="Step by step" open={problem !== null}>
          <ol aria-label="Steps" className="mt-1 text-12">
            {trial.steps.map((step) => (
              <Step key={step.name} step={step} />
            ))}
          </ol>
        </Fold>
      )}
    </div>
  );
}

const titles: Record<ProxyStep['name'], string> = {
  address: 'Address',
  name: 'Name',
  connection: 'Connection',
  'proxy-encryption': 'Encryption to the proxy',
  tunnel: 'Proxy',
  encryption: 'Encryption',
  registry: 'Docker Hub',
};

function Step({ step: { name, result, fact, ms } }: { step: ProxyStep }) {
  return (
    <li className="flex items-start gap-2 py-1">
      <span className="grid place-items-center w-4 h-[18px] shrink-0">
        {result === 'ok' ? (
          <Check size={13} className="text-ok-fg" aria-label="Fine" />
        ) : (
          <StateGlyph state="failed" size={12} />
        )}
      </span>
      <span className="font-medium shrink-0">{titles[name]}</span>
      <span className="text-fg2 min-w-0 wrap-anywhere">{result === 'ok' ? fact : 'it ends here'}</span>
      <span className="ml-auto shrink-0 text-fg3">{ms} ms</span>
    </li>
  );
}
