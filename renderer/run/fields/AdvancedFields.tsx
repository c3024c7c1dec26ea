import { Plus } from 'lucide-react';
import type { RunSpec } from '#contract';
import { shellLine, shellWords } from '#contract/shell-words';
import { Button } from '#ui/Button';
import { Checkbox } from '#ui/Checkbox';
import { ComboBox } from '#ui/ComboBox';
import { NumberField } from '#ui/NumberField';
import { TextField } from '#ui/TextField';
import { useContainers, useEngine, useNetworks } from '../../data/projection';
import { plural } from '../../ui/format';
import { useRunForm } from '../form/useRunForm';
import { DraftText } from './DraftText';
import { Findings } from './Findings';
import { HealthField } from './HealthField';
import { FoldersField } from './MountsFields';
import { PairRow } from './PairsField';
import { Help, Row } from './Row';
import { VariablesField } from './VariablesField';

const MB = 1024 * 1024;

/** Everything that most runs leave as the image has it. */
export function AdvancedFields() {
  return (
    <div className="grid gap-4 pt-1">
      <VariablesField />
      <FoldersField />
      <LimitsField />
      <NetworkField />
      <TextRow label="Hostname" field="hostname" placeholder="the container’s ID" />
      <WordsRow label="Command" field="command" />
      <WordsRow label="Entrypoint" field="entrypoint" />
      <TextRow label="Working folder" field="workdir" placeholder="as in the image" mono />
      <TextRow label="Run as user" field="user" placeholder="as in the image" mono />
      <LabelsField />
      <HealthField />
      <PlatformField />
      <RightsField />
      <BehaviourField />
    </div>
  );
}

function TextRow({
  label,
  field,
  placeholder,
  mono,
}: {
  label: string;
  field: 'hostname' | 'workdir' | 'user';
  placeholder: string;
  mono?: boolean;
}) {
  const { spec, set, leave } = useRunForm();
  return (
    <Row label={label} field={field}>
      <TextField
        label={label}
        labelHidden
        {...(mono ? { mono } : {})}
        value={spec[field] ?? ''}
        onChange={(text) => set({ [field]: text || undefined })}
        onBlur={() => leave(field)}
        placeholder={placeholder}
      />
    </Row>
  );
}

/** A command as a shell reads it: spaces divide words, quotes hold them together. */
function WordsRow({ label, field }: { label: string; field: 'command' | 'entrypoint' }) {
  const { spec, set } = useRunForm();
  const words = spec[field] ?? [];
  return (
    <Row label={label} field={field}>
      <DraftText
        label={label}
        mono
        value={shellLine(words)}
        read={(text) => shellLine(shellWords(text))}
        onChange={(text) => {
          const read = shellWords(text);
          set({ [field]: read.length > 0 ? read : undefined });
        }}
        placeholder="as in the image"
      />
      {words.length > 1 && (
        <Help>
          {words.length} words:{' '}
          {words.map((word, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: words repeat
            <span key={index} className="mono bg-sunken rounded-4 px-1 mr-1">
              {word || '(empty)'}
            </span>
          ))}
        </Help>
      )}
    </Row>
  );
}

function LimitsField() {
  const { spec, set } = useRunForm();
  const { facts } = useEngine();
  const { memoryBytes, cpus } = spec;
  return (
    <Row label="Limits">
      <div className="flex gap-2" data-run-field="memoryBytes">
        <NumberField
          className="flex-1 min-w-0"
          label="Memory limit in MB"
          labelHidden
          lead="Memory"
          unit="MB"
          min={1}
          value={memoryBytes === undefined ? null : memoryBytes / MB}
          onChange={(value) => set({ memoryBytes: value ? Math.round(value * MB) : undefined })}
        />
        <NumberField
          className="flex-1 min-w-0"
          label="Processor limit in cores"
          labelHidden
          lead="Processor"
          unit="cores"
          min={0.01}
          step={0.25}
          value={cpus ?? null}
          onChange={(value) => set({ cpus: value || undefined })}
        />
      </div>
      <Findings field="memoryBytes" />
      <Findings field="cpus" />
      <Help>
        {memoryBytes
          ? 'At this limit the engine ends the program, so that the computer does not slow down.'
          : `Without a limit it may use all${facts ? ` ${facts.cpus} cores and all memory` : ''} of the engine.`}
      </Help>
    </Row>
  );
}

function NetworkField() {
  const { spec, set, leave } = useRunForm();
  const networks = useNetworks();
  const containers = useContainers();
  const options = networks.map(({ name }) => {
    const members = containers.filter((container) =>
      container.networks.some((one) => one.name === name),
    ).length;
    return { value: name, label: name, ...(members > 0 ? { help: plural(members, 'container') } : {}) };
  });
  return (
    <Row label="Network" field="network">
      <ComboBox
        label="Network"
        labelHidden
        value={spec.network ?? ''}
        onChange={(text) => set({ network: text || undefined })}
        onBlur={() => leave('network')}
        options={options}
        placeholder="the default network"
      />
      <Help>Containers on the same network of your own find each other by name.</Help>
    </Row>
  );
}

function LabelsField() {
  const { spec, set, addedRow } = useRunForm();
  const change = (labels: RunSpec['labels']) => set({ labels });
  return (
    <Row label="Labels">
      {spec.labels.map((label, index) => (
        <PairRow
          // biome-ignore lint/suspicious/noArrayIndexKey: names are typed here, so they are no keys
          key={index}
          pair={label}
          field={`labels.${index}`}
          what="label"
          onChange={(part) =>
            change(spec.labels.map((other, at) => (at === index ? { ...other, ...part } : other)))
          }
          onRemove={() => change(spec.labels.filter((_, at) => at !== index))}
        />
      ))}
      <span>
        <Button
          variant="link"
          icon={<Plus size={14} />}
          onPress={() => {
            addedRow(`labels.${spec.labels.length}`);
            change([...spec.labels, { name: '', value: '' }]);
          }}
        >
          Add a label
        </Button>
      </span>
    </Row>
  );
}

const platforms = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/386', 'linux/riscv64', 'linux/s390x'];

function PlatformField() {
  const { spec, set } = useRunForm();
  return (
    <Row label="Platform" term="architecture" field="platform">
      <ComboBox
        label="Platform"
        labelHidden
        value={spec.platform ?? ''}
        onChange={(text) => set({ platform: text.trim() || undefined })}
        options={platforms.map((platform) => ({ value: platform, label: platform }))}
        placeholder="the engine’s own"
      />
    </Row>
  );
}

const capabilities = (text: string) =>
  text
    .toUpperCase()
    .split(/[\s,]+/)
    .filter(Boolean);

function RightsField() {
  const { spec, set } = useRunForm();
  const list = (field: 'capAdd' | 'capDrop', label: string, lead: string) => (
    <>
      <DraftText
        label={label}
        lead={lead}
        mono
        value={spec[field].join(' ')}
        read={(text) => capabilities(text).join(' ')}
        onChange={(text) => set({ [field]: capabilities(text) })}
        placeholder={field === 'capAdd' ? 'NET_ADMIN' : 'ALL'}
      />
      <Findings field={field} />
    </>
  );
  return (
    <Row label="Rights">
      <Checkbox checked={spec.privileged} onChange={(privileged) => set({ privileged })}>
        <span>
          Full control of the engine’s machine <span className="text-fg3">(privileged)</span>
        </span>
      </Checkbox>
      <Findings field="privileged" />
      {list('capAdd', 'Capabilities to add', 'Add')}
      {list('capDrop', 'Capabilities to take away', 'Take away')}
    </Row>
  );
}

function BehaviourField() {
  const { spec, set } = useRunForm();
  return (
    <Row label="Behaviour">
      <Checkbox checked={spec.tty} onChange={(tty) => set({ tty })}>
        Give it a terminal and keep its input open
      </Checkbox>
      <Checkbox checked={spec.autoRemove} onChange={(autoRemove) => set({ autoRemove })}>
        Delete the container when it stops
      </Checkbox>
    </Row>
  );
}
