import type { OpenPort } from '#contract';
import { StateGlyph } from '#ui/StateGlyph';
import { useContainers, useProjection } from '../../data/projection';
import { useVm, useVmDetails } from '../../data/vm';
import { listensWidely, ownerOf } from './ports';

/** Which ports of this computer lead into the VM now, and who can use them. */
export function OpenPorts() {
  const vm = useVm();
  // Ports open and close with containers.
  const up = useProjection(({ containers }) =>
    containers.list.map(({ id, state }) => `${id.slice(0, 12)}${state}`).join(' '),
  );
  const details = useVmDetails(vm?.status === 'running' ? up : null);
  const ports = vm?.status === 'running' ? (details?.ports ?? []) : [];
  return (
    <>
      <h3 className="h2 mt-5 mb-2">Ports that are open now</h3>
      {ports.length === 0 ? (
        <p className="card px-5 py-3 text-fg3">
          {vm?.status === 'running'
            ? 'None. A container opens one when it is run with a published port.'
            : 'None, as the engine does not run.'}
        </p>
      ) : (
        <div className="card overflow-hidden">
          <table className="tbl [--g-row:32px]" aria-label="Open ports">
            <colgroup>
              <col className="w-[34%]" />
              <col className="w-[30%]" />
              <col />
            </colgroup>
            <thead>
              <tr>
                <th>Container</th>
                <th>Listens on</th>
                <th>Who can connect</th>
              </tr>
            </thead>
            <tbody>
              {ports.map((port) => (
                <PortRow key={`${port.protocol} ${port.addresses.join()} ${port.port}`} port={port} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function PortRow({ port }: { port: OpenPort }) {
  const owner = ownerOf(port, useContainers());
  const wide = listensWidely(port);
  const [first = '', ...more] = port.addresses;
  return (
    <tr>
      <td>
        <span className="flex items-center gap-2.5 min-w-0">
          <StateGlyph state={wide ? 'unhealthy' : 'running'} />
          <bdi className="font-medium truncate">{owner?.name ?? port.target}</bdi>
        </span>
      </td>
      <td className="mono text-fg2">
        {first.includes(':') ? `[${first}]` : first}:{port.port}
        {port.protocol === 'udp' && ' (UDP)'}
        {more.length > 0 && <span className="text-fg3"> and {more.join(', ')}</span>}
      </td>
      <td>
        {wide ? (
          <span className="text-warn-fg font-medium">everyone in your network</span>
        ) : (
          <span className="text-fg3">this computer</span>
        )}
      </td>
    </tr>
  );
}
