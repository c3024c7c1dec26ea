import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#ui/Button';
import { navigate } from '../shell/router';
import { classes } from '../ui/classes';
import { useCommandStrip } from '../ui/commandStrip';
import { LessonEnd } from './LessonEnd';
import type { Lesson } from './lesson';
import { StepBar } from './StepBar';
import { StepChecks } from './StepChecks';
import { StepText } from './StepText';
import { useLessons, useWorld } from './useLessons';

/** One lesson: its steps at the left, what to do in the middle, and at the right what the engine says of it. */
export function LessonView({ lesson, number }: { lesson: Lesson; number: number }) {
  const { passedOf, pass } = useLessons();
  const passed = passedOf(lesson);
  const { steps } = lesson;
  const [at, setAt] = useState(() => (passed === steps.length ? 0 : passed));
  const step = steps[at];
  const world = useWorld();
  const holds = step?.checks.every((check) => check.holds(world)) ?? false;
  // Once passed, always passed: the next step may well undo what this one made.
  const isPassing = holds && at === passed;
  // biome-ignore lint/correctness/useExhaustiveDependencies: kept once, when the engine shows it
  useEffect(() => {
    if (isPassing) pass(lesson, at + 1);
  }, [isPassing, at]);
  useCommandStrip({ same: step?.command ?? null, lead: 'In a terminal' });

  return (
    <div className="flex-1 min-h-0 flex flex-col">
      <header className="px-6 pt-4 pb-3 flex items-center gap-4 border-b border-line">
        <h1 className="h1 truncate">
          {number}. {lesson.title}
        </h1>
        <StepBar passed={passed} of={steps.length} />
        <span className="text-fg3 num whitespace-nowrap">
          {step ? `Step ${at + 1} of ${steps.length}` : 'Done'}
        </span>
        <span className="ml-auto">
          <Button variant="quiet" onPress={() => navigate({ page: 'learn' })}>
            {step ? 'Leave, keep my place' : 'All lessons'}
          </Button>
        </span>
      </header>
      <div className="flex-1 min-h-0 grid grid-cols-[212px_minmax(0,1fr)_290px] max-[1039px]:grid-cols-[minmax(0,1fr)_270px]">
        <nav aria-label="Steps" className="border-r border-line p-3 overflow-auto max-[1039px]:hidden">
          <ol className="grid gap-1">
            {steps.map(({ title }, index) => (
              <li key={title}>
                <button
                  type="button"
                  disabled={index > passed}
                  aria-current={index === at ? 'step' : undefined}
                  onClick={() => setAt(index)}
                  className={classes(
                    'flex items-center gap-2.5 w-full min-h-9 px-2.5 py-1 rounded-7 text-left',
                    index === at ? 'bg-selected font-strong' : index > passed ? 'text-fg3' : 'hover:bg-hover',
                  )}
                >
                  <span
                    className={classes(
                      'grid place-items-center size-[18px] rounded-full shrink-0 text-11 num',
                      index < passed
                        ? 'bg-accent-soft text-accent-fg'
                        : 'shadow-[inset_0_0_0_1.5px_var(--g-line-strong)]',
                    )}
                  >
                    {index < passed ? <Check size={11} aria-label="done" /> : index + 1}
                  </span>
                  {title}
                </button>
              </li>
            ))}
          </ol>
        </nav>
        {step ? (
          <>
            <StepText key={step.title} step={step} />
            <StepChecks
              step={step}
              world={world}
              passed={at < passed}
              last={at === steps.length - 1}
              onBack={at > 0 ? () => setAt(at - 1) : undefined}
              onNext={() => setAt(at + 1)}
            />
          </>
        ) : (
          <LessonEnd lesson={lesson} world={world} />
        )}
      </div>
    </div>
  );
}
