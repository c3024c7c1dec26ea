import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { ProblemError } from '#contract/problem';
import { Button } from '#ui/Button';
import { SettingRow } from '../parts';
import { ImportDialog } from './ImportDialog';

/** Beyond this it is another kind of file, in bytes; the contract takes no more. */
const mostBytes = 1_000_000;

async function textOf(file: File): Promise<string> {
  if (file.size <= mostBytes) return file.text();
  throw new ProblemError({
    code: 'settings-file-unreadable',
    title: 'This is not a file of Gantry’s settings',
    explanation:
      'It is far too large for one, so nothing was changed. Choose a file that Gantry has exported.',
    actions: [],
  });
}

export function ImportRow() {
  const [chosen, setChosen] = useState<{ name: string; text: Promise<string> } | null>(null);
  const choose = (files: FileList | null) => {
    const file = files?.[0];
    if (file) setChosen({ name: file.name, text: textOf(file) });
  };
  return (
    <SettingRow setting="importSettings">
      <FileTrigger acceptedFileTypes={['.json', 'application/json']} onSelect={choose}>
        <Button size="sm">Import…</Button>
      </FileTrigger>
      {chosen && <ImportDialog name={chosen.name} text={chosen.text} onClose={() => setChosen(null)} />}
    </SettingRow>
  );
}
