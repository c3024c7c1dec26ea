import { rootCertificates } from 'node:tls';
import type { ProxyTrial } from '#contract';
import { valuesOf } from '#contract/engine-config';
import { ProblemError } from '#contract/problem';
import { certificates, proxyOf } from '#vm/guest-config';
import { parseProxy, shownProxy } from '../diagnostics/proxy';
import { isExcluded } from './go-rules';
import { Walk } from './walk';
import { type TrialOptions, Way } from './way';

/** For each step. The engine itself waits longer, but nobody wants to. */
const stepLimitMs = 10_000;

/**
 * Goes the way that the VM's engine would go to a registry with these settings, as far as it leads. It is gone from
 * this computer, as QEMU does it for the VM, so that nothing has to run.
 * @throws ProblemError `vm-bad-certificate`
 */
export async function tryProxy(options: TrialOptions): Promise<ProxyTrial> {
  const { draft, signal, limitMs = stepLimitMs } = options;
  const ca = [...rootCertificates, await certificates(draft)].filter((pem) => pem !== '');
  const { typed, notes } = wayOf(options);
  const walk = new Walk({ signal, limitMs });
  const way = new Way(walk, options, ca);
  const url = typed === null ? null : parseProxy(typed);
  const began = performance.now();
  const trial = (problem: ProxyTrial['problem']): ProxyTrial => ({
    through: url && shownProxy(url),
    notes,
    steps: walk.steps,
    problem,
    ms: Math.round(performance.now() - began),
  });
  try {
    await (typed === null ? way.directly() : way.through(url));
    return trial(null);
  } catch (error) {
    if (error instanceof ProblemError) return trial(error.problem);
    throw error;
  } finally {
    way.close();
  }
}

/** The proxy's address as it is set, null where the engine uses none; and what else is to know. */
function wayOf({ draft, env, registry, kept }: TrialOptions): { typed: string | null; notes: string[] } {
  const { http, https, except } = proxyOf(draft, env);
  const own = valuesOf(kept.engineConfig).has('proxies')
    ? ['The daemon.json under Engine names proxies of its own, which take the place of these.']
    : [];
  const direct = (why: string) => ({
    typed: null,
    notes: [`${why}, so the engine reaches ${registry.name} directly.`, ...own],
  });
  if (draft.proxy.mode === 'none') return direct('No proxy is set');
  if (!https && http) return direct(`Only HTTP has a proxy, and ${registry.name} is asked over HTTPS`);
  if (!https) {
    return direct(
      draft.proxy.mode === 'system'
        ? 'The variable HTTPS_PROXY was not set where Gantry was started'
        : 'No proxy for HTTPS is typed',
    );
  }
  if (isExcluded(registry.url, except)) {
    return direct(`${registry.url.hostname} is among the exceptions`);
  }
  const other = http !== '' && http !== https;
  const plain = 'The proxy for HTTP serves registries without encryption alone. It was not tried.';
  return { typed: https, notes: other ? [plain, ...own] : own };
}
