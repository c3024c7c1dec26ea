import type { Container, ContainerDetails } from '#contract';
import { type CommandPart, commandArguments, commands } from '#contract/commands';
import type { Problem, ProblemAction } from '#contract/problem';
import { Button } from '#ui/Button';
import { EngineWords } from '#ui/ProblemView';
import { StateGlyph, type StateName } from '#ui/StateGlyph';
import { runAction } from '../../../data/problems';
import { Term } from '../../../terms/Term';
import type { CommandPreview } from '../../../ui/commandStrip';
import { formatExact, formatLongDuration } from '../../../ui/format';
import { exitMeaning } from '../../exitWords';
import { Facts } from './Facts';

/** What is no failure is said quietly. */
const calm: Record<string, StateName> = {
  'no-door': 'running',
  finished: 'exited',
  stopped: 'exited',
  interrupted: 'exited',
  unhealthy: 'unhealthy',
  'crash-loop': 'restarting',
};

/** The command line of an action, where docker has one. */
function previewOf(action: ProblemAction, { name }: Container): CommandPreview | undefined {
  if (action.kind !== 'call') return undefined;
  const of = (parts: CommandPart[]) => ({ label: action.label, argv: commandArguments(parts) });
  switch (action.procedure) {
    case 'containers.start':
      return of(commands.containers.start([name]));
    case 'containers.stop':
      return of(commands.containers.stop([name]));
    case 'containers.restart':
      return of(commands.containers.restart([name]));
    default:
      return undefined;
  }
}

/** Why it failed, ended or cannot be reached, with what to do first. */
export function WhyCard({
  container,
  details,
  why,
}: {
  container: Container;
  details: ContainerDetails;
  why: Problem;
}) {
  const { exitCode, startedAt, finishedAt, state } = container;
  const ended = state === 'exited' || state === 'dead' || state === 'restarting';
  const lasted = startedAt && finishedAt && finishedAt > startedAt ? finishedAt - startedAt : null;
  const words = details.lastLines.at(-1);
  return (
    <section className="card p-4" aria-label="What happened">
      <div className="flex gap-3">
        <span className="pt-1">
          <StateGlyph state={calm[why.code] ?? 'failed'} size={16} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="text-16 font-strong wrap-anywhere">{why.title}</h2>
          <p className="text-fg2 mt-0.5 max-w-[720px] wrap-anywhere">{why.explanation}</p>
          <div className="flex gap-2 mt-3 flex-wrap">
            {why.actions.map((action, index) => (
              <Button
                key={action.label}
                variant={index === 0 ? 'primary' : 'plain'}
                preview={previewOf(action, container)}
                onPress={() => void runAction(action)}
              >
                {action.label}
              </Button>
            ))}
          </div>
          {ended && (
            <div className="mt-3.5">
              <Facts
                labelWidth={92}
                rows={[
                  [
                    'Exit code',
                    exitCode === null ? null : (
                      <span key="code" className="text-fg3">
                        <b className="font-strong text-fg num">{exitCode}</b> {exitMeaning(container)}{' '}
                        <Term id="exitCode" />
                      </span>
                    ),
                  ],
                  [
                    'Ended',
                    finishedAt
                      ? `${formatExact(finishedAt)}${lasted ? `, after ${formatLongDuration(lasted)}` : ''}`
                      : null,
                  ],
                  [
                    'Last words',
                    words ? (
                      <bdi key="words" className="mono">
                        {words.slice(0, 400)}
                      </bdi>
                    ) : null,
                  ],
                ]}
              />
            </div>
          )}
          <LastLines lines={details.lastLines} />
          {why.detail !== details.lastLines.join('\n') && <EngineWords problem={why} />}
        </div>
      </div>
    </section>
  );
}

function LastLines({ lines }: { lines: string[] }) {
  if (lines.length < 2) return null;
  return (
    <details className="mt-2" open>
      <summary className="text-fg2 font-medium cursor-default">Its last {lines.length} lines</summary>
      <div className="cmdbox mt-2 select-text whitespace-pre-wrap wrap-anywhere max-h-[180px] overflow-auto">
        {lines.map((line) => line.slice(0, 400)).join('\n')}
      </div>
    </details>
  );
}
