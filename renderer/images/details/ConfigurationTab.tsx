import type { ImageDetails } from '#contract';
import { CopyButton } from '#ui/CopyButton';
import { commandLine } from '#ui/commandWords';
import { type KeyValue, KeyValueList } from '#ui/KeyValueList';
import { cutTip } from '#ui/tip';
import { Card } from '../../containers/details/Card';
import { masked } from '../../inspect/secrets';

const nothing = (label: string, text = 'none'): KeyValue => ({
  label,
  value: <span className="text-fg3">{text}</span>,
});

function facts(details: ImageDetails): KeyValue[] {
  const { entrypoint, command, workdir, user, exposedPorts, volumes, author } = details;
  const words = (label: string, argv: string[]): KeyValue =>
    argv.length > 0 ? { label, value: commandLine(argv), mono: true } : nothing(label);
  const ports = exposedPorts.map(({ port, protocol }) =>
    protocol === 'tcp' ? `${port}` : `${port}/${protocol}`,
  );
  return [
    words('Entrypoint', entrypoint),
    words('Command', command),
    { label: 'Folder', value: workdir || '/', mono: true },
    { label: 'User', value: user || 'root', mono: true },
    ports.length > 0
      ? { label: 'Ports', value: ports.join(', '), mono: true }
      : nothing('Ports', 'none that it tells of'),
    volumes.length > 0 ? { label: 'Volumes', value: volumes.join(', '), mono: true } : nothing('Volumes'),
    ...(author ? [{ label: 'Author', value: author }] : []),
  ];
}

/** How containers of this image start unless they are told otherwise. */
export function ConfigurationTab({ details }: { details: ImageDetails }) {
  return (
    <div className="flex-1 min-h-0 overflow-auto px-6 py-4">
      <div className="grid grid-cols-2 max-[1040px]:grid-cols-1 gap-4 items-start">
        <Card title="What a container of it runs">
          <div className="text-12">
            <KeyValueList labelWidth={84} items={facts(details)} />
          </div>
        </Card>
        <Pairs title="Variables" none="It sets no variables." pairs={details.env.map(shownVariable)} />
        <Pairs
          title="Labels"
          none="It has no labels."
          pairs={Object.entries(details.labels).map(([name, value]) => ({ name, value, copied: value }))}
        />
      </div>
    </div>
  );
}

interface Pair {
  name: string;
  value: string;
  copied: string;
}

const shownVariable = ({ name, value }: { name: string; value: string }): Pair => ({
  name,
  value: masked(name, value),
  copied: value,
});

/** A value may have megabytes; a row shows one line. */
const VALUE_LIMIT = 2000;

function Pairs({ title, none, pairs }: { title: string; none: string; pairs: readonly Pair[] }) {
  if (pairs.length === 0) {
    return (
      <Card title={title}>
        <p className="text-fg3">{none}</p>
      </Card>
    );
  }
  return (
    <Card title={title} flush>
      <table className="tbl inset" aria-label={title} style={{ '--g-row': '31px' } as React.CSSProperties}>
        <colgroup>
          <col style={{ width: '42%' }} />
          <col />
          <col style={{ width: 44 }} />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th>Name</th>
            <th>Value</th>
            <th>Copy</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map(({ name, value, copied }) => (
            <tr key={name}>
              <td className="mono truncate select-text" {...cutTip(name)}>
                <bdi>{name}</bdi>
              </td>
              <td className="mono text-fg2 truncate select-text" {...cutTip(value.slice(0, VALUE_LIMIT))}>
                <bdi>{value.slice(0, VALUE_LIMIT)}</bdi>
              </td>
              <td className="!px-1">
                <CopyButton label={`Copy ${name}`} text={copied} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
