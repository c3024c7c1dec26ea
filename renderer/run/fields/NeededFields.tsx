import { Dices } from 'lucide-react';
import type { KnownVariable } from '#contract';
import { newPassword } from '#contract/new-password';
import { Button } from '#ui/Button';
import { TextField } from '#ui/TextField';
import { useRunForm } from '../form/useRunForm';
import { Help, Row } from './Row';

/** Variables without which the image does not start, by the names people know. */
export function NeededFields() {
  const { proposal } = useRunForm();
  return (proposal?.variables ?? [])
    .filter(({ needed }) => needed)
    .map((variable) => <NeededField key={variable.name} variable={variable} />);
}

function NeededField({ variable: { name, label, secret, help } }: { variable: KnownVariable }) {
  const { spec, set, leave, findings } = useRunForm();
  const at = spec.env.findIndex((entry) => entry.name === name);
  const index = at < 0 ? spec.env.length : at;
  const field = `env.${index}`;
  function change(value: string) {
    const env = [...spec.env];
    env[index] = { name, value, ...(secret ? { secret } : {}) };
    set({ env });
  }
  return (
    <Row label={label} source="needed" field={field}>
      <div className="flex gap-2">
        <TextField
          className="flex-1 min-w-0"
          label={label}
          labelHidden
          secret={secret}
          value={spec.env[index]?.value ?? ''}
          onChange={change}
          onBlur={() => leave(field)}
          {...(findings(field).length > 0 ? { warning: '' } : {})}
        />
        {secret && (
          <Button icon={<Dices size={15} />} onPress={() => change(newPassword())}>
            Generate
          </Button>
        )}
      </div>
      <Help>
        {help && `${help} `}Sets <span className="mono">{name}</span>.
      </Help>
    </Row>
  );
}
