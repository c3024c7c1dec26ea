import { FileJson, Plug, Trash2, Unplug, X } from 'lucide-react';
import { useState } from 'react';
import type { Container, Network } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { Button } from '#ui/Button';
import { CopyButton } from '#ui/CopyButton';
import { shortId } from '#ui/format';
import { IconButton } from '#ui/IconButton';
import { StateGlyph } from '#ui/StateGlyph';
import { cutTip } from '#ui/tip';
import { Facts } from '../containers/details/overview/Facts';
import { lookOf } from '../containers/state';
import { Age } from '../data/Age';
import { navigate } from '../shell/router';
import { formatRoute } from '../shell/routes';
import { disconnect, disconnectPreview, removePreview } from './actions';
import { addressIn, fixedReason, KEPT_REASON } from './members';
import type { NetworkDialogs } from './menu';

const kinds: Record<string, string> = {
  bridge: 'Bridge, inside the engine',
  host: 'The engine’s own network',
  null: 'No network',
  macvlan: 'Macvlan, in the engine’s network',
  ipvlan: 'IPvlan, in the engine’s network',
  overlay: 'Overlay, across a cluster',
};

/** One network beside the list: what it is and who is in it. */
export function NetworkPanel({
  network,
  members,
  dialogs,
  onClose,
}: {
  network: Network;
  members: readonly Container[];
  dialogs: NetworkDialogs;
  onClose: () => void;
}) {
  const { id, name, predefined, project, createdAt } = network;
  return (
    <aside
      className="card self-start min-w-0 max-h-full flex flex-col overflow-hidden"
      aria-label={`Network ${name}`}
    >
      <div className="p-4 pb-3 border-b border-line">
        <div className="flex gap-2">
          <div className="min-w-0">
            <h2 className="h2 truncate" {...cutTip(name)}>
              <bdi>{name}</bdi>
            </h2>
            <div className="text-12 text-fg3 wrap-anywhere">
              {predefined ? 'Made by the engine' : project ? `Made by project ${project}` : 'Made'}
              {predefined ? null : (
                <>
                  {project ? ', ' : ' '}
                  <Age at={createdAt} ago />
                </>
              )}
            </div>
          </div>
          <span className="ml-auto -mr-1.5 -mt-1">
            <IconButton size="sm" aria-label={`Close ${name}`} tooltip="Close" onPress={onClose}>
              <X size={15} />
            </IconButton>
          </span>
        </div>
        <div className="mt-2.5">
          <NetworkFacts network={network} />
        </div>
      </div>
      <Members network={network} members={members} />
      <div className="p-4 pt-3 flex gap-2 border-t border-line">
        <Button
          className="flex-1"
          icon={<Plug size={15} />}
          disabledReason={fixedReason(network)}
          onPress={() => dialogs.connect(network)}
        >
          Connect a container…
        </Button>
        <Button
          className="!px-2"
          aria-label={`Inspect ${name}`}
          tooltip="Inspect"
          preview={{ label: 'Inspect', argv: commandArguments(commands.networks.inspect(name)) }}
          onPress={() => navigate({ page: 'networks', id, tab: 'inspect' })}
        >
          <FileJson size={15} className="!m-0" aria-hidden="true" />
        </Button>
        <Button
          className="!px-2 !text-danger-fg"
          aria-label={`Delete ${name}`}
          tooltip="Delete"
          disabledReason={predefined ? KEPT_REASON : undefined}
          preview={removePreview([network])}
          onPress={() => dialogs.remove([network])}
        >
          <Trash2 size={15} className="!m-0 !text-current" aria-hidden="true" />
        </Button>
      </div>
    </aside>
  );
}

function NetworkFacts({ network }: { network: Network }) {
  const { id, driver, subnets, internal, ipv6, scope } = network;
  const own = driver !== 'host' && driver !== 'null';
  const addresses = subnets.map(({ subnet }) => subnet).join(', ');
  const gateways = subnets.flatMap(({ gateway }) => gateway || []).join(', ');
  const mono = (text: string) => (text === '' ? null : <span className="mono">{text}</span>);
  return (
    <Facts
      labelWidth={92}
      rows={[
        ['Kind', kinds[driver] ?? driver],
        ['Addresses', mono(addresses)],
        ['Gateway', mono(gateways)],
        ['IPv6', ipv6 ? 'on' : null],
        ['Scope', scope === 'local' ? null : scope],
        ['Way out', own ? (internal ? 'none: it is internal' : 'to other networks') : null],
        [
          'ID',
          <span key="id" className="flex items-center gap-1">
            <span className="mono">{shortId(id)}</span>
            <span className="-my-2">
              <CopyButton label="Copy ID" text={id} />
            </span>
          </span>,
        ],
      ]}
    />
  );
}

function Members({ network, members }: { network: Network; members: readonly Container[] }) {
  if (members.length === 0) {
    return <p className="px-4 py-3 text-12 text-fg3">{fixedReason(network) ?? 'Nothing is connected.'}</p>;
  }
  return (
    <div className="px-4 pt-3 pb-2 min-h-0 overflow-y-auto">
      <h3 className="cap mb-1">Connected, and the name each answers to</h3>
      <ul>
        {members.map((member) => (
          <Member key={member.id} network={network} member={member} />
        ))}
      </ul>
    </div>
  );
}

function Member({ network, member }: { network: Network; member: Container }) {
  const [leaving, setLeaving] = useState(false);
  const { id, name, service } = member;
  const { glyph, word } = lookOf(member);
  const fixed = fixedReason(network);
  // On the engine's own bridge names do not work.
  const alias = network.predefined ? null : (service ?? name);
  return (
    <li className="group flex items-center gap-2 min-h-[29px] text-12 min-w-0">
      <StateGlyph state={glyph} size={13} />
      <span className="sr-only">{word}</span>
      <a
        className="font-medium truncate text-fg"
        href={formatRoute({ page: 'containers', id })}
        {...cutTip(name)}
      >
        <bdi>{name}</bdi>
      </a>
      {alias !== null && alias !== name && <span className="mono text-fg3 truncate">{alias}</span>}
      <span className="ml-auto mono text-fg3 shrink-0">{addressIn(member, network)}</span>
      {fixed === undefined && (
        <span className="-mr-1.5 shrink-0">
          <IconButton
            size="sm"
            aria-label={`Disconnect ${name}`}
            tooltip="Disconnect"
            busy={leaving}
            preview={disconnectPreview(network, member)}
            onPress={() => {
              setLeaving(true);
              void disconnect(network, [member]).finally(() => setLeaving(false));
            }}
          >
            <Unplug size={14} />
          </IconButton>
        </span>
      )}
    </li>
  );
}
