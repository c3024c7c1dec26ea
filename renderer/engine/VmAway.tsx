import type { ReactNode } from 'react';
import type { VmState } from '#contract';
import { Button } from '#ui/Button';
import { CommandToCopy } from '#ui/CommandToCopy';
import { CraneDrawing } from '#ui/CraneDrawing';
import { Fold } from '#ui/Fold';
import { PlayIcon } from '#ui/icons';
import { EngineWords, ProblemActions } from '#ui/ProblemView';
import { Said } from '#ui/Said';
import { useVmDetails } from '../data/vm';
import { navigate } from '../shell/router';
import { runVmAction, startVm } from './orders';
import { doingOf, StartSteps, startFraction } from './StartSteps';
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

const whatItIs = 'Docker Engine runs in a small virtual machine, a computer made of software.';

const sentence = (reason: string | null) => reason && (/[.…]$/.test(reason) ? reason : `${reason}.`);

function Moving({ vm }: { vm: VmState }) {
  return (
    <Frame
      picture={<CraneDrawing progress={startFraction(vm)} state="working" />}
      title={doingOf(vm)}
      text={[sentence(vm.reason), vm.status === 'starting' && whatItIs].filter(Boolean).join(' ')}
    >
      <div className="w-full max-w-[560px] mt-5">
        <StartSteps vm={vm} />
      </div>
    </Frame>
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
          <CommandToCopy actions={problem?.actions ?? []} />
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
