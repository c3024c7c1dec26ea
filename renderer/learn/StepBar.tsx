import { classes } from '../ui/classes';

/** A lesson's steps in one line: done, under way, to come. The words stand beside it. */
export function StepBar({ passed, of }: { passed: number; of: number }) {
  return (
    <span className="flex gap-[3px] min-w-[96px] flex-1 max-w-[220px]" aria-hidden="true">
      {Array.from({ length: of }, (_, index) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position
          key={index}
          className={classes('h-[7px] flex-1 rounded-4', index < passed ? 'bg-accent' : 'bg-track')}
        />
      ))}
    </span>
  );
}
