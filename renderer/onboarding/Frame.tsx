import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { WindowControls } from '../shell/WindowControls';
import { classes } from '../ui/classes';
import { GantryMark } from '../ui/icons';
import { TallCrane } from './TallCrane';
import type { Step } from './useOnboarding';

const steps: readonly { step: Step; label: string }[] = [
  { step: 'welcome', label: 'Welcome' },
  { step: 'engine', label: 'Set up' },
  { step: 'container', label: 'First container' },
];

/** A page of the first steps: the crane at the left where there is room, what to do, and the ways on at the foot. */
export function Frame({
  step,
  crane,
  children,
  foot,
}: {
  step: Step;
  crane: { progress: number; state: 'carrying' | 'failed' | 'set' };
  children: ReactNode;
  foot: ReactNode;
}) {
  return (
    <div className="h-full grid grid-cols-[440px_minmax(0,1fr)] max-[1039px]:grid-cols-1">
      <aside
        className="relative overflow-hidden flex items-end justify-center bg-[var(--g-illo-bg)] max-[1039px]:hidden"
        aria-hidden="true"
      >
        <div className="titlebar absolute inset-x-0 top-0 !px-5">
          <span className="brand flex items-center gap-2.5 font-strong tracking-[-0.01em]">
            <GantryMark />
            Gantry
          </span>
        </div>
        <TallCrane {...crane} />
      </aside>
      <main className="flex flex-col min-h-0 bg-canvas" data-region="page">
        <header className="titlebar pl-14 max-[1039px]:pl-8">
          <Progress now={step} />
          <WindowControls />
        </header>
        <div className="flex-1 min-h-0 px-14 max-[1039px]:px-8 pt-7 pb-5 flex flex-col overflow-y-auto [&>*]:shrink-0">
          {children}
        </div>
        <footer className="px-14 max-[1039px]:px-8 h-[72px] shrink-0 flex items-center gap-2.5 border-t border-line">
          {foot}
        </footer>
      </main>
    </div>
  );
}

function Progress({ now }: { now: Step }) {
  const at = steps.findIndex(({ step }) => step === now);
  return (
    <ol className="flex-1 flex items-center gap-2 text-12" aria-label="First steps">
      {steps.map(({ step, label }, index) => (
        <li
          key={step}
          aria-current={index === at ? 'step' : undefined}
          className={classes('flex items-center gap-2', index === at ? 'font-strong' : 'text-fg3')}
        >
          <span
            className={classes(
              'grid place-items-center size-5 rounded-full num text-11 font-strong',
              index < at && 'bg-accent-soft text-accent-fg',
              index === at && 'bg-accent text-on-accent',
              index > at && 'shadow-[inset_0_0_0_1.5px_var(--g-line-strong)]',
            )}
          >
            {index < at ? <Check size={12} aria-label="done" /> : index + 1}
          </span>
          {label}
          {index < steps.length - 1 && <span className="w-6 h-px bg-line-strong ml-1" />}
        </li>
      ))}
    </ol>
  );
}
