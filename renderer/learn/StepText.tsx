import { useState } from 'react';
import type { Problem } from '#contract';
import { Button } from '#ui/Button';
import { CodeText } from '#ui/CodeText';
import { CopyButton } from '#ui/CopyButton';
import { Fold } from '#ui/Fold';
import { ProblemBanner } from '#ui/ProblemView';
import { problemOf, runAction } from '../data/problems';
import { navigate } from '../shell/router';
import { useInContext } from '../ui/commandContext';
import { commandLine } from '../ui/commandWords';
import type { LessonStep } from './lesson';
import { perform } from './perform';

/** What a step is about, the command that does it, and a button that does the same. */
export function StepText({ step: { title, text, command, look, why } }: { step: LessonStep }) {
  return (
    <section className="min-h-0 overflow-auto px-7 py-6" aria-labelledby="step-title">
      <h2 className="text-20 font-strong tracking-[-0.012em]" id="step-title">
        {title}
      </h2>
      <p className="text-14 text-fg2 mt-2.5 max-w-[560px]">{text}</p>
      {command && <Doing command={command} />}
      {look && (
        <p className="mt-4">
          <Button variant="link" onPress={() => navigate(look.route)}>
            {look.label}
          </Button>
        </p>
      )}
      {why && (
        <div className="mt-6 max-w-[560px]">
          <Fold title={why.question}>
            <p className="text-fg2 pl-5.5 pt-1">{why.answer}</p>
          </Fold>
        </div>
      )}
    </section>
  );
}

function Doing({ command }: { command: readonly string[] }) {
  const argv = useInContext(command);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  async function act() {
    setBusy(true);
    setProblem(null);
    try {
      await perform(command);
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <h3 className="h2 mt-6 mb-2">Do this in a terminal</h3>
      <div className="cmdbox flex items-start !py-1.5 max-w-[560px]">
        <CodeText argv={argv} className="cmd leading-[26px] wrap-anywhere select-text" />
        <span className="ml-auto pl-2">
          <CopyButton label="Copy command" text={commandLine(argv)} />
        </span>
      </div>
      <p className="flex items-center gap-2.5 mt-3 text-fg2">
        or
        <Button busy={busy} onPress={() => void act()}>
          Let Gantry do it
        </Button>
      </p>
      {problem && (
        <div className="mt-3 max-w-[560px]">
          <ProblemBanner problem={problem} onAction={(action) => void runAction(action)} />
        </div>
      )}
    </>
  );
}
