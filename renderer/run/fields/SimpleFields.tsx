import type { RunSpec } from '#contract';
import { SegmentedControl } from '#ui/SegmentedControl';
import { TextField } from '#ui/TextField';
import { useRunForm } from '../form/useRunForm';
import { VolumesField } from './MountsFields';
import { NeededFields } from './NeededFields';
import { PortsField } from './PortsField';
import { Help, Row } from './Row';

/** What everybody should see before a first run. */
export function SimpleFields() {
  return (
    <>
      <NameField />
      <PortsField />
      <NeededFields />
      <VolumesField />
      <RestartField />
    </>
  );
}

function NameField() {
  const { spec, set, leave, findings } = useRunForm();
  const wrong = findings('name').length > 0;
  return (
    <Row label="Name" field="name">
      <TextField
        label="Name"
        labelHidden
        autoFocus
        value={spec.name ?? ''}
        onChange={(name) => set({ name: name || undefined })}
        onBlur={() => leave('name')}
        placeholder="the engine makes one up"
        {...(spec.name && !wrong ? { end: 'free to use' } : {})}
        {...(wrong ? { warning: '' } : {})}
      />
    </Row>
  );
}

const choices: { value: RunSpec['restart']; label: string }[] = [
  { value: 'no', label: 'Leave it' },
  { value: 'on-failure', label: 'Restart on error' },
  { value: 'unless-stopped', label: 'Restart unless I stop it' },
];
const always = { value: 'always' as const, label: 'Always' };

function RestartField() {
  const { spec, set } = useRunForm();
  return (
    <Row label="If it stops" term="restart" field="restart">
      <span>
        <SegmentedControl
          label="If it stops"
          value={spec.restart}
          onChange={(restart) => set({ restart })}
          segments={spec.restart === 'always' ? [...choices, always] : choices}
        />
      </span>
      {spec.restart === 'always' && <Help>It starts again even after you stopped it, with the engine.</Help>}
    </Row>
  );
}
