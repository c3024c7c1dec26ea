import type { VmSettings } from '#contract';
import { dnsProblem, proxyProblem } from './rules';

/** How many of the changed values cannot stay as they are. */
export function wrongCount({ proxy, dns }: Partial<VmSettings>): number {
  const problems = [
    ...(proxy?.mode === 'manual' ? [proxyProblem(proxy.http), proxyProblem(proxy.https)] : []),
    dns ? dnsProblem(dns) : undefined,
  ];
  return problems.filter((problem) => problem !== undefined).length;
}
