import type { EngineState } from '#contract';
import type { KeyValue } from '#ui/KeyValueList';
import { useClock } from '../data/clock';
import { useEngine } from '../data/projection';
import { formatBytes, formatDuration } from '../ui/format';

const foundBy: Record<NonNullable<EngineState['endpoint']>['source'], string> = {
  setting: 'The settings name it',
  DOCKER_HOST: 'DOCKER_HOST names it',
  'docker context': 'The docker CLI’s context',
  'known socket': 'It was found here',
  'Gantry VM': 'It is Gantry’s own',
};

/** Which engine is in use, where it was found, and what it says of itself. */
export function useEngineFacts(): KeyValue[] {
  const { endpoint, facts, since, status } = useEngine();
  const now = useClock();
  return [
    ...(endpoint
      ? [
          { label: 'Address', value: endpoint.host, mono: true },
          { label: 'Found by', value: foundBy[endpoint.source] },
        ]
      : []),
    ...(facts
      ? [
          { label: 'Version', value: `${facts.version}, API ${facts.apiVersion}` },
          { label: 'Runs on', value: `${facts.name}, ${facts.os}/${facts.arch}` },
          { label: 'Has', value: `${facts.cpus} cores, ${formatBytes(facts.memoryBytes)} of memory` },
          ...(facts.rootless ? [{ label: 'Rights', value: 'Rootless: it has no more rights than you' }] : []),
        ]
      : []),
    ...(status === 'connected' ? [{ label: 'Connected', value: `for ${formatDuration(now - since)}` }] : []),
  ];
}
