import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { EngineEndpoint } from '#contract';
import { Badge } from '#ui/Badge';
import { Button } from '#ui/Button';
import { formatMemory } from '#ui/format';
import { KeyValueList } from '#ui/KeyValueList';
import { ProblemBanner } from '#ui/ProblemView';
import { RadioGroup, type RadioOption } from '#ui/RadioGroup';
import { Spinner } from '#ui/StateGlyph';
import { TextField } from '#ui/TextField';
import { api } from '../data/client';
import { problemOf, runAction } from '../data/problems';
import { useEngine } from '../data/projection';
import { useSettings } from './useSettings';

/** The choice that names no engine. */
const SEARCH = 'search';
const OTHER = 'other';

type Found = EngineEndpoint & { reachable: boolean };

export function EngineSection() {
  return (
    <div className="grid gap-4 max-w-[760px]">
      <InUse />
      <Choice />
    </div>
  );
}

function InUse() {
  const engine = useEngine();
  const { endpoint, facts, problem } = engine;
  if (problem) return <ProblemBanner problem={problem} onAction={(action) => void runAction(action)} />;
  if (!endpoint || !facts) return null;
  return (
    <section className="card p-4" aria-labelledby="engine-in-use">
      <h3 className="h2 mb-3" id="engine-in-use">
        In use now
      </h3>
      <KeyValueList
        items={[
          { label: 'Engine', value: `${endpoint.label}, version ${facts.version} (API ${facts.apiVersion})` },
          { label: 'Address', value: endpoint.host, mono: true },
          {
            label: 'Runs on',
            value: `${facts.os}, ${facts.arch}, ${facts.cpus} CPUs, ${formatMemory(facts.memoryBytes)} memory`,
          },
        ]}
      />
    </section>
  );
}

function Choice() {
  const { settings } = useSettings();
  const endpoints = useQuery({ ...api.engine.endpoints.queryOptions(), staleTime: 0 });
  const queries = useQueryClient();
  const select = useMutation({
    ...api.engine.select.mutationOptions(),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: api.app.settings.key() }),
        queries.invalidateQueries({ queryKey: api.engine.endpoints.key() }),
      ]),
  });
  const [other, setOther] = useState(false);
  if (!settings) return null;
  const chosen = select.isPending ? (select.variables.host ?? SEARCH) : (settings.engineHost ?? SEARCH);
  const found = endpoints.data ?? [];

  function choose(value: string) {
    setOther(value === OTHER);
    if (value !== OTHER) use(value === SEARCH ? null : value);
  }
  function use(host: string | null) {
    select.mutate({ host });
  }
  return (
    <section className="card p-4 grid gap-3">
      <div className="flex items-center gap-2">
        <h3 className="h2">Choose an engine</h3>
        {endpoints.isFetching ? (
          <span className="text-12 text-fg3 flex items-center gap-1.5" role="status">
            <Spinner size={13} /> Looking for engines
          </span>
        ) : (
          <span className="ml-auto">
            <Button
              size="sm"
              variant="quiet"
              icon={<RotateCw size={13} />}
              onPress={() => void endpoints.refetch()}
            >
              Look again
            </Button>
          </span>
        )}
      </div>
      <RadioGroup
        label="Engine"
        labelHidden
        cards
        value={other ? OTHER : chosen}
        onChange={choose}
        options={choices(found, settings.engineHost)}
      />
      {other && <OtherAddress onUse={use} />}
      {endpoints.error && <ProblemBanner problem={problemOf(endpoints.error)} />}
      {select.error && <ProblemBanner problem={problemOf(select.error)} />}
      <p className="help">It applies at once. Containers go on running in the engine they are in.</p>
    </section>
  );
}

const sourceHelp: Record<EngineEndpoint['source'], string> = {
  setting: 'chosen here',
  DOCKER_HOST: 'from the variable DOCKER_HOST',
  'docker context': 'the docker command’s context',
  'known socket': 'found on this computer',
  'Gantry VM': 'Gantry’s own',
};

function choices(found: readonly Found[], kept: string | null): RadioOption<string>[] {
  const hosts = found.map(({ host, label, source, reachable }) => ({
    value: host,
    label,
    help: (
      <>
        <span className="mono !text-[11.5px] wrap-anywhere">{host}</span>, {sourceHelp[source]}
      </>
    ),
    end: reachable ? <Badge tone="ok">Answers</Badge> : <Badge>No answer</Badge>,
  }));
  // The one that is set stays in the list while the others are being looked for.
  const missing = kept !== null && !found.some(({ host }) => host === kept);
  return [
    {
      value: SEARCH,
      label: 'The first that answers',
      help: 'DOCKER_HOST, then the docker command’s context, then the usual places.',
    },
    ...hosts,
    ...(missing ? [{ value: kept, label: 'Chosen here', help: kept }] : []),
    { value: OTHER, label: 'Another address…', help: 'An engine on another computer, or an unusual socket.' },
  ];
}

const addressForm = /^(?:unix:\/\/\/|tcp:\/\/|ssh:\/\/|npipe:\/\/)\S+$/;

function OtherAddress({ onUse }: { onUse: (host: string) => void }) {
  const [host, setHost] = useState('');
  const [tried, setTried] = useState(false);
  const wrong = !addressForm.test(host.trim());
  return (
    <form
      className="grid gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!wrong) onUse(host.trim());
      }}
    >
      <TextField
        label="Address"
        value={host}
        onChange={setHost}
        mono
        autoFocus
        placeholder="ssh://user@host"
        help="As in DOCKER_HOST. Prefer ssh:// over tcp:// for another computer: without certificates, tcp:// lets anyone on the network in."
        error={
          tried && wrong
            ? 'It begins with unix:///, ssh://, tcp:// or npipe://, then a path or a host.'
            : undefined
        }
      />
      <span>
        <Button type="submit" variant="primary">
          Use this engine
        </Button>
      </span>
    </form>
  );
}
