import type { Container } from '#contract';
import { isUp } from '#contract/container-state';
import { useContainers, useEngine, useLoaded } from '../data/projection';

/** What is up in Gantry's VM; null while another engine is shown, or nothing is known of it. */
export function useUpInVm(): readonly Container[] | null {
  const engine = useEngine();
  const loaded = useLoaded();
  const containers = useContainers();
  return loaded && engine.endpoint?.source === 'Gantry VM' ? containers.filter(isUp) : null;
}
