import type { EngineState } from '#contract';
import { Button } from '#ui/Button';
import { type KeyValue, KeyValueList } from '#ui/KeyValueList';
import { StateLabel, type StateName } from '#ui/StateGlyph';
import { client } from '../data/client';
import { useClock } from '../data/clock';
import { showProblem } from '../data/problems';
import { navigate } from '../shell/router';
import { formatBytes, formatDuration } from '../ui/format';

const foundBy: Record<NonNullable<EngineState['endpoint']>['source'], string> = {
  setting: 'The settings name it',
  DOCKER_HOST: 'DOCKER_HOST names it',
  'docker context': 'The docker CLI’s context',
  'known socket': 'It was found here',
  'Gantry VM': 'It is Gantry’s own',
};

/** Which engine it is, where it was found, and what it says of itself; when it is away, why. */
export function EngineDetails({
  engine,
  title,
  glyph,
  onLeave,
}: {
  engine: EngineState;
  title: string;
  glyph: StateName;
  /** The user goes somewhere else from here. */
  onLeave: () => void;
}) {
  const { problem, status } = engine;
  const facts = useFacts(engine);
  return (
    <div className="p-4 grid gap-3 overflow-auto">
      <h2 className="font-strong">
        <StateLabel state={glyph} word={title} />
      </h2>
      {problem && (
        <div>
          <div className="font-medium wrap-anywhere">{problem.title}</div>
          <p className="text-fg2 wrap-anywhere">{problem.explanation}</p>
        </div>
      )}
      {facts.length > 0 && <KeyValueList items={facts} labelWidth={86} />}
      <div className="flex gap-2">
        {status !== 'connected' && (
          <Button
            size="sm"
            variant="primary"
            onPress={() => void client.engine.reconnect().catch(showProblem)}
          >
            Try now
          </Button>
        )}
        <Button
          size="sm"
          onPress={() => {
            onLeave();
            navigate({ page: 'settings', section: 'engine' });
          }}
        >
          Choose another engine
        </Button>
      </div>
    </div>
  );
}

function useFacts({ endpoint, facts, since, status }: EngineState): KeyValue[] {
  const now = useClock();
  const connected = status === 'connected';
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
    ...(connected ? [{ label: 'Connected', value: `for ${formatDuration(now - since)}` }] : []),
  ];
}
