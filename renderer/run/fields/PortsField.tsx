import { ArrowRight, Globe, Plus, X } from 'lucide-react';
import type { RunSpec } from '#contract';
import { Button } from '#ui/Button';
import { IconButton } from '#ui/IconButton';
import { TextField } from '#ui/TextField';
import { useRunForm } from '../form/useRunForm';
import { DraftText } from './DraftText';
import { Findings } from './Findings';
import { Help, Row } from './Row';

type Port = RunSpec['ports'][number];

const sourceWords = { image: 'from the image', catalogue: 'usual for it' };

/** Digits of a port, as far as they make one. */
function digits(text: string, before: number | null): number | null {
  const figure = text.replace(/\D/g, '');
  if (figure === '') return null;
  return Number(figure) > 65535 ? before : Number(figure);
}

const protocols: Record<string, Port['protocol']> = { tcp: 'tcp', udp: 'udp', sctp: 'sctp' };

/** `53/udp` as it is typed: what is not finished yet counts as TCP. */
function inside(text: string, before: number): Pick<Port, 'containerPort' | 'protocol'> {
  const [figure = '', protocol = ''] = text.toLowerCase().split('/');
  return { containerPort: digits(figure, before) ?? 0, protocol: protocols[protocol.trim()] ?? 'tcp' };
}

const insideText = ({ containerPort, protocol }: Port) =>
  containerPort === 0 ? '' : `${containerPort}${protocol === 'tcp' ? '' : `/${protocol}`}`;

const isOpen = ({ hostIp }: Port) => hostIp !== '127.0.0.1' && hostIp !== '::1';

export function PortsField() {
  const { spec, proposal, set, addedRow } = useRunForm();
  const { ports } = spec;
  function add() {
    addedRow(`ports.${ports.length}`);
    set({ ports: [...ports, { containerPort: 0, hostPort: null, protocol: 'tcp', hostIp: '127.0.0.1' }] });
  }
  const source = proposal?.sources.ports;
  return (
    <Row label="Ports" term="port" source={source && sourceWords[source]}>
      {ports.map((port, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a port has no other name than its place
        <PortRow key={index} port={port} index={index} />
      ))}
      {ports.length === 0 && (
        <Help>No port leads into it. A web server or a database needs one to be reached from here.</Help>
      )}
      <span>
        <Button variant="link" icon={<Plus size={14} />} onPress={add}>
          Add a port
        </Button>
      </span>
    </Row>
  );
}

function PortRow({ port, index }: { port: Port; index: number }) {
  const { spec, set, leave, findings } = useRunForm();
  const field = `ports.${index}`;
  const found = findings(field).some(({ level }) => level === 'problem');
  const change = (part: Partial<Port>) =>
    set({ ports: spec.ports.map((other, at) => (at === index ? { ...other, ...part } : other)) });
  const name = port.containerPort || 'new';
  return (
    <div data-run-field={field} className="grid grid-cols-1 gap-1.5">
      <div className="flex items-center gap-1.5">
        <TextField
          className="flex-[1.35] min-w-0"
          label={`Port of this computer for ${name}`}
          labelHidden
          icon={<span className="text-12 text-fg3 shrink-0">This computer</span>}
          value={port.hostPort === null ? '' : String(port.hostPort)}
          placeholder="any"
          onChange={(text) => change({ hostPort: digits(text, port.hostPort) || null })}
          onBlur={() => leave(field)}
          {...(found ? { warning: '' } : {})}
        />
        <ArrowRight size={14} className="text-fg3 shrink-0" aria-label="leads to" />
        <DraftText
          className="flex-1 min-w-0"
          label={`Port of the container ${name}`}
          lead="Container"
          value={insideText(port)}
          read={(text) => insideText({ ...port, ...inside(text, port.containerPort) })}
          onChange={(text) => change(inside(text, port.containerPort))}
          onBlur={() => leave(field)}
        />
        <IconButton
          size="sm"
          aria-label={`Open port ${port.hostPort ?? name} to the network`}
          tooltip={
            isOpen(port)
              ? 'Everyone on the network can use it. Press to keep it to this computer.'
              : 'Only this computer can use it. Press to open it to the network.'
          }
          pressed={isOpen(port)}
          onPress={() => change({ hostIp: isOpen(port) ? '127.0.0.1' : '0.0.0.0' })}
        >
          <Globe size={14} />
        </IconButton>
        <IconButton
          size="sm"
          aria-label={`Remove port ${name}`}
          onPress={() => set({ ports: spec.ports.filter((_, at) => at !== index) })}
        >
          <X size={14} />
        </IconButton>
      </div>
      <Findings field={field} />
    </div>
  );
}
