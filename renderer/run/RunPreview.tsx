import { Lightbulb } from 'lucide-react';
import type { RunSpec } from '#contract';
import { CopyButton } from '#ui/CopyButton';
import { classes } from '../ui/classes';
import { useCommandContext } from '../ui/commandContext';
import { previewLines, runLine } from './form/preview';
import { useRunForm } from './form/useRunForm';

/** The command that does the same, as it changes, and what its ports mean. */
export function RunPreview() {
  const { spec, findings, proposal } = useRunForm();
  const context = useCommandContext((now) => now.context);
  const hasSecret = spec.env.some(({ secret, value }) => secret && value);
  return (
    <>
      <div className="flex items-center justify-between">
        <h3 className="h2">Same in a terminal</h3>
        <CopyButton
          label={hasSecret ? 'Copy command with passwords' : 'Copy command'}
          text={() => runLine(spec, context)}
        />
      </div>
      <p className="text-12 text-fg3 mb-3">Changes as you type.</p>
      <code className="cmd block leading-[23px] select-text wrap-anywhere whitespace-pre-wrap">
        <b>docker</b> {context && <s>--context={context} </s>}
        <u>run</u>
        {previewLines(spec).map(({ flag, text, field }, index) => {
          const wrong = field !== null && findings(field).some(({ level }) => level === 'problem');
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: flags repeat and have no identity
            <span key={index} className="block pl-3.5 -indent-1">
              <span className={classes('rounded-4 px-1 -mx-1', wrong && 'bg-warn-soft text-warn-fg')}>
                {flag && <s>{flag}</s>}
                {flag && text && ' '}
                {text}
              </span>
            </span>
          );
        })}
      </code>
      <div className="mt-auto pt-5">
        <Explanation spec={spec} whenItRuns={proposal?.whenItRuns ?? null} />
      </div>
    </>
  );
}

function Explanation({ spec, whenItRuns }: { spec: RunSpec; whenItRuns: string | null }) {
  const port = spec.ports.find(({ containerPort }) => containerPort > 0);
  if (!port && !whenItRuns) return null;
  const { hostPort, containerPort } = port ?? {};
  return (
    <div className="border-t border-line pt-3.5 flex gap-3 text-12">
      <Lightbulb size={15} className="text-accent-fg shrink-0 mt-0.5" aria-hidden="true" />
      <p className="wrap-anywhere">
        {port && hostPort && (
          <>
            <b className="font-strong">
              {hostPort}:{containerPort}
            </b>{' '}
            reads “port {hostPort} on this computer leads to port {containerPort} inside the container”.{' '}
          </>
        )}
        {whenItRuns}
      </p>
    </div>
  );
}
