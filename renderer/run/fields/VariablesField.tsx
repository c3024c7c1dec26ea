import { FileUp, Plus } from 'lucide-react';
import { useRef } from 'react';
import { looksSecret } from '#contract/secret-names';
import { Button } from '#ui/Button';
import { showProblem } from '../../data/problems';
import { readEnvFile } from '../form/envFile';
import { useRunForm } from '../form/useRunForm';
import { PairRow } from './PairsField';
import { Help, Row } from './Row';

/** All variables but those that the simple part asks for. */
export function VariablesField() {
  const { spec, proposal, set, addedRow } = useRunForm();
  const file = useRef<HTMLInputElement>(null);
  const needed = new Set((proposal?.variables ?? []).filter((known) => known.needed).map(({ name }) => name));
  const suggestions = [
    ...(proposal?.variables ?? [])
      .filter((known) => !known.needed)
      .map(({ name, help }) => ({ value: name, label: name, help })),
    ...(proposal?.imageEnv ?? []).map(({ name, value }) => ({
      value: name,
      label: name,
      help: `the image sets ${value}`,
    })),
  ];

  /** Adds what a .env file says; a name that is there already gets the new value. */
  function take(text: string): boolean {
    const read = readEnvFile(text);
    if (read.length === 0) return false;
    const env = spec.env.filter(({ name, value }) => name !== '' || value !== '');
    for (const { name, value } of read) {
      const entry = { name, value, ...(looksSecret(name) ? { secret: true } : {}) };
      const at = env.findIndex((other) => other.name === name);
      if (at < 0) env.push(entry);
      else env[at] = entry;
    }
    set({ env });
    return true;
  }

  return (
    <Row label="Variables" term="variable">
      {spec.env.map((entry, index) =>
        needed.has(entry.name) ? null : (
          <PairRow
            // biome-ignore lint/suspicious/noArrayIndexKey: names are typed here, so they are no keys
            key={index}
            pair={entry}
            field={`env.${index}`}
            what="variable"
            {...(entry.secret ? { secret: true } : {})}
            suggestions={suggestions}
            onChange={(part) =>
              set({
                env: spec.env.map((other, at) => {
                  if (at !== index) return other;
                  const { secret, ...next } = { ...other, ...part };
                  const hide = part.name === undefined ? secret : looksSecret(part.name);
                  return hide ? { ...next, secret: true } : next;
                }),
              })
            }
            onRemove={() => set({ env: spec.env.filter((_, at) => at !== index) })}
            onPaste={(text) => /[\r\n=]/.test(text) && take(text)}
          />
        ),
      )}
      <span className="flex gap-4">
        <Button
          variant="link"
          icon={<Plus size={14} />}
          onPress={() => {
            addedRow(`env.${spec.env.length}`);
            set({ env: [...spec.env, { name: '', value: '' }] });
          }}
        >
          Add a variable
        </Button>
        <Button variant="link" icon={<FileUp size={14} />} onPress={() => file.current?.click()}>
          Load an .env file…
        </Button>
      </span>
      <input
        ref={file}
        type="file"
        hidden
        aria-label=".env file"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          chosen?.text().then(take, showProblem);
          event.target.value = '';
        }}
      />
      <Help>You can paste the lines of an .env file into a name.</Help>
    </Row>
  );
}
