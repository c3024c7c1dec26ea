import type { EngineEndpoint } from '#contract';

export type FoundEngine = EngineEndpoint & { reachable: boolean };

/** One entry for each address that is not the VM's, and the named one even where it is not found. */
export function foundEngines(endpoints: readonly FoundEngine[], named: string | null): FoundEngine[] {
  const byHost = new Map<string, FoundEngine>();
  for (const endpoint of endpoints) {
    if (endpoint.source !== 'Gantry VM' && !byHost.has(endpoint.host)) byHost.set(endpoint.host, endpoint);
  }
  if (named !== null && !byHost.has(named)) {
    byHost.set(named, { host: named, label: 'Another engine', source: 'setting', reachable: false });
  }
  return [...byHost.values()];
}
