import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '#ui/Badge';
import { Button } from '#ui/Button';
import { RadioGroup } from '#ui/RadioGroup';
import { TextField } from '#ui/TextField';
import { useEngine } from '../../data/projection';
import { useEngineChoice } from '../../engine/choice';
import type { FoundEngine } from '../../engine/found';

const automatic = 'automatic';
const hostNotation = /^(?:unix:\/\/\/|npipe:\/\/|tcp:\/\/|ssh:\/\/)\S+$/;

/** Which of the engines that are there: the first one that answers, one of them, or one by its address. */
export function FoundEngines({
  engines,
  named,
  looking,
  onLook,
}: {
  engines: readonly FoundEngine[];
  /** The address that the user chose; null takes the first one that answers. */
  named: string | null;
  looking: boolean;
  onLook: () => void;
}) {
  const now = useEngine();
  const { chooseFound } = useEngineChoice();
  const options = [
    {
      value: automatic,
      label: 'The first one that answers',
      help:
        named === null && now.endpoint && now.endpoint.source !== 'Gantry VM'
          ? `Now ${now.endpoint.label} at ${now.endpoint.host}`
          : 'DOCKER_HOST, then the docker context, then the usual places.',
    },
    ...engines.map(({ host, label, reachable }) => ({
      value: host,
      label,
      help: <span className="mono wrap-anywhere">{host}</span>,
      end: <Answer inUse={now.status === 'connected' && now.endpoint?.host === host} reachable={reachable} />,
    })),
  ];
  return (
    <section aria-labelledby="found-engines" className="mt-5">
      <div className="flex items-center mb-2">
        <h3 className="h2" id="found-engines">
          Which one
        </h3>
        <span className="ml-auto">
          <Button size="sm" icon={<RotateCw size={13} />} busy={looking} onPress={onLook}>
            Look again
          </Button>
        </span>
      </div>
      <RadioGroup
        label="Which engine"
        labelHidden
        cards
        value={named ?? automatic}
        onChange={(value) => void chooseFound(value === automatic ? null : value)}
        options={options}
      />
      <OtherEngine onUse={(host) => void chooseFound(host)} />
    </section>
  );
}

function Answer({ inUse, reachable }: { inUse: boolean; reachable: boolean }) {
  if (inUse) return <Badge tone="ok">In use</Badge>;
  return reachable ? <Badge tone="ok">Answers</Badge> : <Badge tone="warn">No answer</Badge>;
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
      className="card p-4 mt-3 flex items-start gap-3"
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
