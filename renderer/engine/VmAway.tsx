import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { VmState } from '#contract';
import { Button } from '#ui/Button';
import { CraneDrawing } from '#ui/CraneDrawing';
import { Fold } from '#ui/Fold';
import { PlayIcon } from '#ui/icons';
import { Progress } from '#ui/Meter';
import { EngineWords, ProblemActions } from '#ui/ProblemView';
import { Said } from '#ui/Said';
import { Spinner } from '#ui/StateGlyph';
import { useVmDetails } from '../data/vm';
import { navigate } from '../shell/router';
import { useTick } from '../tasks/useTick';
import { formatDuration } from '../ui/format';
import { type PassedStep, passedSteps } from './bootSteps';
import { runVmAction, startVm } from './orders';
import { isMoving, startWord } from './vmWords';

/** What a page shows while Gantry's VM does not run: what is being done, why it failed, or how to start it. */
export function VmAway({ vm }: { vm: VmState }) {
  return (
    <section
      aria-label="The engine"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: in a small window it scrolls, and may hold no button
      tabIndex={0}
      className="flex-1 min-h-0 overflow-auto px-6 pb-6 flex flex-col items-center [&>*]:shrink-0"
    >
      {vm.status === 'failed' ? <Failed vm={vm} /> : isMoving(vm) ? <Moving vm={vm} /> : <Resting vm={vm} />}
    </section>
  );
}

function Frame({
  picture,
  title,
  text,
  children,
}: {
  picture: ReactNode;
  title: string;
  text: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <div className="crane pt-4">{picture}</div>
      <h2 className="text-20 font-strong mt-4 tracking-[-0.012em] text-center wrap-anywhere">{title}</h2>
      <p className="text-14 text-fg2 mt-1.5 max-w-[520px] text-center text-balance wrap-anywhere">{text}</p>
      {children}
    </>
  );
}

const doing: Partial<Record<VmState['status'], string>> = {
  building: 'Preparing the virtual machine',
  starting: 'Starting the engine',
  suspending: 'Putting the engine to sleep',
  resuming: 'Waking the engine',
  stopping: 'Stopping the engine',
};

const whatItIs = 'Docker Engine runs in a small virtual machine, a computer made of software.';

const sentence = (reason: string | null) => reason && (/[.…]$/.test(reason) ? reason : `${reason}.`);

function Moving({ vm }: { vm: VmState }) {
  const now = useTick(true);
  const { step } = vm;
  const fraction = step ? (step.number - 1) / Math.max(1, step.of) : 0.5;
  return (
    <Frame
      picture={<CraneDrawing progress={fraction} state="working" />}
      title={doing[vm.status] ?? 'Starting the engine'}
      text={[sentence(vm.reason), vm.status === 'starting' && whatItIs].filter(Boolean).join(' ')}
    >
      <div className="card w-full max-w-[560px] mt-5 px-4 py-3">
        <div className="flex items-center gap-4" role="status">
          {step ? (
            <>
              <span className="h2 num whitespace-nowrap">
                Step {step.number} of {step.of}
              </span>
              <Progress label="Start of the engine" fraction={fraction} valueText={step.title} height={10} />
            </>
          ) : (
            <span className="flex items-center gap-2.5 font-medium">
              <Spinner size={17} /> {doing[vm.status]}
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
    </Frame>
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

function Failed({ vm }: { vm: VmState }) {
  const problem = vm.problem;
  const fraction = vm.step ? (vm.step.number - 1) / Math.max(1, vm.step.of) : 0.2;
  return (
    <div role="alert" className="contents">
      <Frame
        picture={<CraneDrawing progress={fraction} state="failed" />}
        title={problem?.title ?? 'The engine did not start'}
        text={problem?.explanation ?? vm.reason ?? 'Gantry does not know why.'}
      >
        <div className="mt-5 flex gap-2 flex-wrap justify-center">
          {problem && problem.actions.length > 0 ? (
            <ProblemActions problem={problem} onAction={(action) => void runVmAction(action)} />
          ) : (
            <Button variant="primary" icon={<PlayIcon />} onPress={() => void startVm()}>
              {startWord(vm)}
            </Button>
          )}
          <OtherEngine />
        </div>
        <div className="mt-5 w-full max-w-[620px]">
          {problem?.detail ? (
            <EngineWords problem={problem} title={said} />
          ) : (
            <SerialLines of={String(vm.since)} />
          )}
        </div>
      </Frame>
    </div>
  );
}

const LINES = 40;
const said = 'What the virtual machine said last';

function SerialLines({ of }: { of: string }) {
  const text = useVmDetails(of)?.serialLog.trimEnd().split('\n').slice(-LINES).join('\n');
  if (!text) return null;
  return (
    <Fold title={said}>
      <Said label={said} text={text} />
    </Fold>
  );
}

const resting: Partial<Record<VmState['status'], { title: string; text: string }>> = {
  suspended: {
    title: 'The engine is asleep',
    text: 'What ran in it goes on where it was. It wakes in a second or two, also when a program calls it.',
  },
  absent: {
    title: 'There is no virtual machine yet',
    text: 'Gantry runs Docker Engine in a small virtual machine, a computer made of software. It is prepared at its first start.',
  },
};

function Resting({ vm }: { vm: VmState }) {
  const words = resting[vm.status] ?? {
    title: 'The engine is stopped',
    text: 'Containers, images and volumes are kept. They appear when the engine runs.',
  };
  return (
    <Frame picture={<CraneDrawing progress={0} state="resting" />} title={words.title} text={words.text}>
      <div className="mt-5 flex gap-2">
        <Button variant="primary" icon={<PlayIcon />} onPress={() => void startVm()}>
          {startWord(vm)}
        </Button>
        <OtherEngine />
      </div>
    </Frame>
  );
}

const OtherEngine = () => (
  <Button variant="quiet" onPress={() => navigate({ page: 'settings', section: 'engine' })}>
    Choose another engine
  </Button>
);
