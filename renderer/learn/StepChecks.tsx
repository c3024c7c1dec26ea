import { ArrowRight, Check, ChevronLeft, CircleDashed } from 'lucide-react';
import { Button } from '#ui/Button';
import { plural } from '../ui/format';
import type { LessonStep, World } from './lesson';

/** What the engine shows of a step. It follows the engine's events: nobody presses “check”. */
export function StepChecks({
  step,
  world,
  passed,
  last,
  onBack,
  onNext,
}: {
  step: LessonStep;
  world: World;
  /** It was passed before, whatever the engine shows now. */
  passed: boolean;
  last: boolean;
  onBack: (() => void) | undefined;
  onNext: () => void;
}) {
  const results = step.checks.map((check) => ({ check, holds: check.holds(world) }));
  const open = passed ? 0 : results.filter(({ holds }) => !holds).length;
  return (
    <section
      className="border-l border-line bg-sunken p-5 flex flex-col min-h-0 overflow-auto"
      aria-labelledby="step-checks"
    >
      <h3 className="h2 mb-2" id="step-checks">
        This step checks itself
      </h3>
      <ul className="divide-y divide-line" aria-live="polite">
        {results.map(({ check, holds }) => (
          <li key={check.says} className="flex gap-3 py-2.5">
            {holds ? (
              <Check size={16} className="text-ok-fg shrink-0 mt-0.5" aria-label="Done" />
            ) : (
              <CircleDashed size={16} className="text-fg3 shrink-0 mt-0.5" aria-label="Not yet" />
            )}
            <span className="min-w-0">
              <span className="block font-medium wrap-anywhere">{check.says}</span>
              {!holds && <Hint text={check.hint?.(world)} />}
            </span>
          </li>
        ))}
      </ul>
      <div className="mt-auto pt-4 grid grid-cols-2 gap-2.5">
        <Button
          icon={<ChevronLeft size={15} />}
          className="justify-center"
          disabledReason={onBack ? undefined : 'This is the first step'}
          onPress={() => onBack?.()}
        >
          Back
        </Button>
        <Button
          variant="primary"
          className="justify-center"
          disabledReason={open > 0 ? 'The engine does not show it yet' : undefined}
          onPress={onNext}
        >
          {open > 0 ? `${plural(open, 'check')} to go` : last ? 'Finish' : 'Next'}
          {open === 0 && <ArrowRight size={15} aria-hidden="true" />}
        </Button>
      </div>
    </section>
  );
}

const Hint = ({ text }: { text: string | null | undefined }) =>
  text ? <span className="block text-12 text-fg2 wrap-anywhere">{text}</span> : null;
