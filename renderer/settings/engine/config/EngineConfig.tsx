import { Undo2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { type ConfigFinding, keyAt } from '#contract/engine-config';
import { Button } from '#ui/Button';
import { IconButton } from '#ui/IconButton';
import { ProblemBanner } from '#ui/ProblemView';
import { StateGlyph } from '#ui/StateGlyph';
import { runAction } from '../../../data/problems';
import { plural } from '../../../ui/format';
import { Aside } from './Aside';
import { discard, edit, useEngineConfig } from './draft';
import { JsonEditor } from './JsonEditor';

/** Id of the list of mistakes. */
const FINDINGS = 'engine-config-findings';

/** daemon.json of the engine in Gantry's VM. */
export function EngineConfig() {
  const { loaded, kept, text, changed, findings, problem } = useEngineConfig();
  const [caret, setCaret] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  if (!loaded) return null;

  function show({ offset, length }: ConfigFinding) {
    field.current?.focus();
    field.current?.setSelectionRange(offset, offset + length);
    setCaret(offset);
  }

  const wrong = findings.filter(({ severity }) => severity === 'error');
  return (
    <section aria-labelledby="engine-config" className="mt-7">
      <h3 className="h2 mb-2" id="engine-config">
        daemon.json
        <span className="ml-3 text-13 font-normal text-fg3">
          the settings file of the engine in Gantry’s VM
        </span>
      </h3>
      <div className="grid grid-cols-[minmax(0,1fr)_248px] max-[1039px]:grid-cols-1 gap-4 items-start">
        <div className="card overflow-hidden">
          <div className="flex items-center gap-2 h-10 pl-4 pr-2 border-b border-line">
            <Verdict errors={wrong} empty={text.trim() === ''} />
            <span className="ml-auto">
              <IconButton
                size="sm"
                aria-label="Undo all changes"
                disabledReason={changed ? undefined : 'Nothing was changed'}
                onPress={discard}
              >
                <Undo2 size={15} />
              </IconButton>
            </span>
          </div>
          <JsonEditor
            label="daemon.json"
            describedBy={FINDINGS}
            value={text}
            onChange={edit}
            onCaret={setCaret}
            marked={new Set(wrong.map(({ line }) => line))}
            inputRef={field}
          />
          <ul id={FINDINGS} aria-label="What Gantry says of it" className="divide-y divide-line">
            {findings.map((finding) => (
              <Finding
                key={`${finding.offset} ${finding.title}`}
                finding={finding}
                onShow={() => show(finding)}
              />
            ))}
          </ul>
        </div>
        <Aside kept={kept} text={text} known={keyAt(text, caret)} />
      </div>
      {problem && (
        <div className="mt-3">
          <ProblemBanner problem={problem} onAction={(action) => void runAction(action)} />
        </div>
      )}
    </section>
  );
}

function Verdict({ errors, empty }: { errors: readonly ConfigFinding[]; empty: boolean }) {
  const [first] = errors;
  return (
    <span role="status" className="flex items-center gap-2">
      {first && (
        <>
          <StateGlyph state="failed" size={13} />
          <span className="text-danger-fg font-medium">{plural(errors.length, 'error')}</span>
        </>
      )}
      <span className="text-12 text-fg2">
        {first
          ? `line ${first.line}, checked as you type`
          : empty
            ? 'Empty: the engine uses its defaults'
            : 'No errors, checked as you type'}
      </span>
    </span>
  );
}

function Finding({ finding, onShow }: { finding: ConfigFinding; onShow: () => void }) {
  const { severity, title, why, line, column, fix } = finding;
  return (
    <li className="flex items-start gap-3 px-4 py-2.5">
      <span className="pt-[3px]">
        <StateGlyph state={severity === 'error' ? 'failed' : 'unhealthy'} size={13} />
      </span>
      <div className="min-w-0 flex-1">
        <b className="font-strong wrap-anywhere">{title}.</b>{' '}
        <span className="text-fg2 wrap-anywhere">{why}</span>
        <div>
          <Button variant="link" size="sm" onPress={onShow}>
            Line {line}, column {column}
          </Button>
        </div>
      </div>
      {fix && (
        <Button size="sm" variant="primary" onPress={() => edit(fix.text)}>
          {fix.label}
        </Button>
      )}
    </li>
  );
}
