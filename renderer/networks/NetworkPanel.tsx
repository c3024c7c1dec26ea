import { FileJson, Plug, Trash2, Unplug } from 'lucide-react';
import { useState } from 'react';
import type { Container, Network } from '#contract';
import { Button } from '#ui/Button';
import { CopyButton } from '#ui/CopyButton';
import { shortId } from '#ui/format';
import { IconButton } from '#ui/IconButton';
import { StateGlyph } from '#ui/StateGlyph';
import { cutTip, tip } from '#ui/tip';
import { Facts } from '../containers/details/overview/Facts';
import { nameInProject } from '../containers/list/cells';
import { lookOf } from '../containers/state';
import { Age } from '../data/Age';
import { formatRoute } from '../shell/routes';
import { PanelPart, SidePanel } from '../shell/SidePanel';
import { disconnect, disconnectPreview, inspect, inspectPreview, removePreview } from './actions';
import { addressIn, fixedReason, KEPT_REASON } from './members';
import type { NetworkDialogs } from './menu';

const kinds: Record<string, string> = {
  bridge: 'Bridge, inside the engine',
  host: 'Shares the engine’s own network',
  null: 'No network at all',
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
  const { name, predefined } = network;
  return (
    <SidePanel title={name} subtitle={<Maker network={network} />} onClose={onClose}>
      <PanelPart>
        <NetworkFacts network={network} />
      </PanelPart>
      <PanelPart title={predefined ? 'Connected' : 'Connected, and the name each answers to'}>
        <Members network={network} members={members} />
        <Button
          className="w-full mt-2.5"
          icon={<Plug size={15} />}
          disabledReason={fixedReason(network)}
          onPress={() => dialogs.connect(network)}
        >
          Connect a container…
        </Button>
      </PanelPart>
      <div className="p-4 flex gap-2">
        <Button
          className="flex-1"
          icon={<FileJson size={15} />}
          preview={inspectPreview(network)}
          onPress={() => inspect(network)}
        >
          Inspect
        </Button>
        <Button
          className="!px-2 !text-danger-fg"
          aria-label={`Delete ${name}`}
          tooltip="Delete"
          shortcut="Del"
          disabledReason={predefined ? KEPT_REASON : undefined}
          preview={removePreview([network])}
          onPress={() => dialogs.remove([network])}
        >
          <Trash2 size={15} className="!m-0 !text-current" aria-hidden="true" />
        </Button>
      </div>
    </SidePanel>
  );
}

function Maker({ network: { predefined, project, createdAt } }: { network: Network }) {
  if (predefined) return 'Made by the engine';
  return (
    <>
      {project ? `Made by project ${project}, ` : 'Made '}
      <Age at={createdAt} ago />
    </>
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
    return <p className="text-12 text-fg3">Nothing is connected.</p>;
  }
  return (
    <ul>
      {members.map((member) => (
        <Member key={member.id} network={network} member={member} />
      ))}
    </ul>
  );
}

function Member({ network, member }: { network: Network; member: Container }) {
  const [leaving, setLeaving] = useState(false);
  const { id, name, service, project } = member;
  // Under the project's network, its name before each container would say it twice.
  const shown = project !== null && project === network.project ? nameInProject(member) : name;
  const { glyph, word } = lookOf(member);
  const fixed = fixedReason(network);
  // On the engine's own bridge names do not work.
  const alias = network.predefined ? null : (service ?? name);
  return (
    <li className="group flex items-center gap-2 min-h-[29px] text-12 min-w-0">
      <StateGlyph state={glyph} size={13} />
      <span className="sr-only">{word}</span>
      <a
        className="font-medium truncate shrink-[2] text-fg"
        href={formatRoute({ page: 'containers', id })}
        {...(shown === name ? cutTip(name) : tip(name))}
      >
        <bdi>{shown}</bdi>
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
