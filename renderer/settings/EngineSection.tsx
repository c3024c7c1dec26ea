import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { EngineEndpoint } from '#contract';
import { Badge } from '#ui/Badge';
import { Button } from '#ui/Button';
import { ProblemBanner } from '#ui/ProblemView';
import { RadioGroup } from '#ui/RadioGroup';
import { TextField } from '#ui/TextField';
import { api } from '../data/client';
import { problemOf, runAction, showProblem } from '../data/problems';
import { useEngine } from '../data/projection';
import { SectionHead } from './parts';
import { useSettings } from './useSettings';

const automatic = 'automatic';
const hostNotation = /^(?:unix:\/\/\/|npipe:\/\/|tcp:\/\/|ssh:\/\/)\S+$/;

/** Which engine Gantry shows: the first one it finds, one of those that are there, or one by its address. */
export function EngineSection() {
  const queries = useQueryClient();
  const { settings } = useSettings();
  const found = useQuery({ ...api.engine.endpoints.queryOptions(), staleTime: 0 });
  const select = useMutation(
    api.engine.select.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.app.settings.queryKey() }),
      onError: (error) => showProblem(error),
    }),
  );
  const now = useEngine();
  const endpoints = found.data ?? [];
  const kept = settings?.engineHost ?? null;
  const options = [
    {
      value: automatic,
      label: 'The first one that answers',
      help:
        kept === null && now.endpoint
          ? `Now ${now.endpoint.label} at ${now.endpoint.host}`
          : 'DOCKER_HOST, then the docker context, then the usual places.',
    },
    ...unique(endpoints, kept).map(({ host, label, reachable }) => ({
      value: host,
      label,
      help: <span className="mono wrap-anywhere">{host}</span>,
      end: reachable ? <Badge tone="ok">Answers</Badge> : <Badge tone="warn">No answer</Badge>,
    })),
  ];
  return (
    <>
      <SectionHead title="Engine" about="Where the containers run" />
      {found.error ? (
        <ProblemBanner
          problem={problemOf(found.error)}
          onAction={(action) => (action.kind === 'retry' ? void found.refetch() : void runAction(action))}
        />
      ) : (
        <RadioGroup
          label="Engine"
          labelHidden
          cards
          value={kept ?? automatic}
          onChange={(value) => select.mutate({ host: value === automatic ? null : value })}
          options={options}
        />
      )}
      <div className="mt-2.5">
        <Button
          size="sm"
          icon={<RotateCw size={13} />}
          busy={found.isFetching}
          onPress={() => void found.refetch()}
        >
          Look again
        </Button>
      </div>
      <OtherEngine onUse={(host) => select.mutate({ host })} />
    </>
  );
}

type Found = EngineEndpoint & { reachable: boolean };

/** One entry for each address, and the chosen one even where it is not found. */
function unique(endpoints: readonly Found[], kept: string | null): Found[] {
  const byHost = new Map<string, Found>();
  for (const endpoint of endpoints) if (!byHost.has(endpoint.host)) byHost.set(endpoint.host, endpoint);
  if (kept !== null && !byHost.has(kept)) {
    byHost.set(kept, { host: kept, label: 'Another engine', source: 'setting', reachable: false });
  }
  return [...byHost.values()];
}

function OtherEngine({ onUse }: { onUse: (host: string) => void }) {
  const [host, setHost] = useState('');
  const valid = hostNotation.test(host.trim());
  const use = () => {
    if (!valid) return;
    onUse(host.trim());
    setHost('');
  };
  return (
    <form
      className="card p-4 mt-4 flex items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        use();
      }}
    >
      <TextField
        label="Another engine"
        className="flex-1 min-w-0"
        mono
        value={host}
        onChange={setHost}
        placeholder="ssh://me@server.example"
        help="As in DOCKER_HOST: unix:///…, tcp://…, ssh://…"
      />
      <span className="pt-6">
        <Button
          type="submit"
          disabledReason={valid ? undefined : 'An address such as ssh://me@server.example is missing'}
        >
          Use it
        </Button>
      </span>
    </form>
  );
}
