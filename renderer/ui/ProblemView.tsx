import type { Problem, ProblemAction } from '#contract/problem';
import { Button } from './Button';
import { CommandToCopy } from './CommandToCopy';
import { CopyButton } from './CopyButton';
import { classes } from './classes';
import { commandLine } from './commandWords';
import { Fold } from './Fold';
import { Said } from './Said';
import { StateGlyph } from './StateGlyph';

interface ProblemProps {
  problem: Problem;
  /** Runs one of the problem's actions. */
  onAction?: (action: ProblemAction) => void;
}

/** A problem in a line of the page: title, why, its fixes, what the engine said. */
export function ProblemBanner({
  problem,
  onAction,
  tone = 'danger',
}: ProblemProps & { tone?: 'danger' | 'warn' }) {
  return (
    <section
      role="alert"
      aria-label={problem.title}
      className={classes('rounded-10 px-3.5 py-3', tone === 'danger' ? 'bg-danger-soft' : 'bg-warn-soft')}
    >
      <div className="flex gap-3">
        <span className="pt-[3px]">
          <StateGlyph state={tone === 'danger' ? 'failed' : 'unhealthy'} />
        </span>
        {/* In a narrow place the buttons go below the words. */}
        <div className="min-w-0 flex-1 flex flex-wrap gap-x-3 gap-y-2.5">
          <div className="min-w-0 flex-[1_1_280px]">
            <div className="font-strong wrap-anywhere">{problem.title}</div>
            <p className="text-fg2 wrap-anywhere">{problem.explanation}</p>
            <CommandToCopy actions={problem.actions} />
            <EngineWords problem={problem} />
          </div>
          <ProblemActions problem={problem} onAction={onAction} size="sm" />
        </div>
      </div>
    </section>
  );
}

/** A problem in place of a page's content. */
export function ErrorState({ problem, onAction }: ProblemProps) {
  return (
    <section role="alert" aria-label={problem.title} className="flex flex-col items-center pt-14 px-6">
      <StateGlyph state="failed" size={32} />
      <h2 className="text-20 font-strong mt-5 tracking-[-0.012em] text-center wrap-anywhere">
        {problem.title}
      </h2>
      <p className="text-14 text-fg2 mt-1.5 max-w-[520px] text-center text-balance wrap-anywhere">
        {problem.explanation}
      </p>
      <div className="mt-5">
        <ProblemActions problem={problem} onAction={onAction} />
      </div>
      <div className="mt-6 w-full max-w-[620px]">
        <CommandToCopy actions={problem.actions} />
        <EngineWords problem={problem} />
      </div>
    </section>
  );
}

/** The problem's fixes as buttons; the first one repairs. */
export function ProblemActions({ problem, onAction, size }: ProblemProps & { size?: 'sm' }) {
  if (!onAction || problem.actions.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-2">
      {problem.actions.map((action, index) => (
        <Button
          key={action.label}
          size={size}
          variant={index === 0 ? 'primary' : index === 1 ? 'plain' : 'quiet'}
          onPress={() => onAction(action)}
        >
          {action.label}
        </Button>
      ))}
    </span>
  );
}

/** Who said the words of a problem, by the beginning of its code; all others are the engine's. */
const speakers = [
  ['registry-', 'What the registry said'],
  ['update-', 'What went wrong, word for word'],
  ['proxy-', 'What went wrong, word for word'],
  ['vm-', 'What the virtual machine said last'],
] as const;

/** What the engine, the registry or the VM said, folded, unchanged, with a way to copy it all. */
export function EngineWords({
  problem,
  open = false,
  title = speakers.find(([start]) => problem.code.startsWith(start))?.[1] ?? 'What the engine said',
}: {
  problem: Problem;
  open?: boolean;
  title?: string;
}) {
  if (!problem.detail) return null;
  return (
    <div className="mt-2">
      <Fold
        title={title}
        open={open}
        end={<CopyButton label="Copy details" text={() => problemReport(problem)} />}
      >
        <Said label={title} text={problem.detail} />
      </Fold>
    </div>
  );
}

/** A problem as text, for an issue or a message. */
export function problemReport(problem: Problem): string {
  return [
    problem.title,
    problem.explanation,
    problem.command && `$ ${commandLine(problem.command)}`,
    problem.detail,
    `(${problem.code})`,
  ]
    .filter(Boolean)
    .join('\n');
}
