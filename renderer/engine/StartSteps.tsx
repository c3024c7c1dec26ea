import { Check } from 'lucide-react';
import type { VmState } from '#contract';
import { Progress } from '#ui/Meter';
import { Spinner } from '#ui/StateGlyph';
import { useVmDetails } from '../data/vm';
import { useTick } from '../tasks/useTick';
import { formatDuration } from '../ui/format';
import { type PassedStep, passedSteps } from './bootSteps';

const doing: Partial<Record<VmState['status'], string>> = {
  building: 'Preparing the virtual machine',
  starting: 'Starting the engine',
  suspending: 'Putting the engine to sleep',
  resuming: 'Waking the engine',
  stopping: 'Stopping the engine',
};

/** What the VM is being moved to, in words. */
export const doingOf = (vm: VmState): string => doing[vm.status] ?? 'Starting the engine';

/** How far it is, from 0 to 1; half where the way has no steps. */
export const startFraction = ({ step }: VmState): number =>
  step ? (step.number - 1) / Math.max(1, step.of) : 0.5;

/** The steps of a start as they pass, each with its time. */
export function StartSteps({ vm }: { vm: VmState }) {
  const now = useTick(true);
  const { step } = vm;
  return (
    <div className="card px-4 py-3">
      <div className="flex items-center gap-4" role="status">
        {step ? (
          <>
            <span className="h2 num whitespace-nowrap">
              Step {step.number} of {step.of}
            </span>
            <Progress
              label="Start of the engine"
              fraction={startFraction(vm)}
              valueText={step.title}
              height={10}
            />
          </>
        ) : (
          <span className="flex items-center gap-2.5 font-medium">
            <Spinner size={17} /> {doingOf(vm)}
          </span>
        )}
        <span className="ml-auto text-12 text-fg3 num whitespace-nowrap" aria-hidden="true">
          {formatDuration(now - vm.since)}
        </span>
      </div>
      {step && (
        <ol className="divide-y divide-line border-t border-line mt-3 -mb-1">
          {vm.status === 'starting' && <PassedSteps now={step.name} />}
          <li className="flex items-center gap-3 h-9">
            <span className="w-5 grid place-items-center">
              <Spinner size={16} />
            </span>
            <span className="font-strong truncate">{step.title}</span>
            <span className="ml-auto text-12 text-fg3 num">{formatDuration(now - step.since)}</span>
          </li>
        </ol>
      )}
    </div>
  );
}

function PassedSteps({ now }: { now: string }) {
  const details = useVmDetails(now);
  return passedSteps(details?.timeLine ?? [], now).map((step) => <Passed key={step.step} step={step} />);
}

function Passed({ step: { title, tookMs } }: { step: PassedStep }) {
  return (
    <li className="flex items-center gap-3 h-9 text-fg2 [@media(max-height:719px)]:nth-last-[n+6]:hidden">
      <span className="w-5 grid place-items-center">
        <Check size={16} className="text-ok-fg" aria-label="done" />
      </span>
      <span className="truncate">{title}</span>
      <span className="ml-auto text-12 text-fg3 num">{(tookMs / 1000).toFixed(1)} s</span>
    </li>
  );
}
