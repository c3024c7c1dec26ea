import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import type { VmState } from '#contract';
import { Button } from '#ui/Button';
import { ProblemBanner } from '#ui/ProblemView';
import { api } from '../data/client';
import { showProblem } from '../data/problems';
import { useEngine } from '../data/projection';
import { useVm } from '../data/vm';
import { useEngineChoice } from '../engine/choice';
import { foundEngines } from '../engine/found';
import { stopVm } from '../engine/orders';
import { doingOf, StartSteps, startFraction } from '../engine/StartSteps';
import { isMoving } from '../engine/vmWords';
import { useKeepSettings } from '../settings/useSettings';
import { useVmSettings } from '../settings/vm/draft';
import { ComputerCheck } from './ComputerCheck';
import { EngineChoice, OWN } from './EngineChoice';
import { Frame } from './Frame';
import { useOnboarding } from './useOnboarding';

/** Which engine, and what it may use; then its start, step by step. */
export function EngineStep() {
  const vm = useVm();
  const { choice } = useEngineChoice();
  return choice === 'vm' && vm && isMoving(vm) ? <Starting vm={vm} /> : <Choosing vm={vm} />;
}

function Starting({ vm }: { vm: VmState }) {
  return (
    <Frame
      step="engine"
      crane={{ progress: startFraction(vm), state: 'carrying' }}
      foot={
        <span className="ml-auto flex gap-2.5">
          <Button size="lg" onPress={() => void stopVm()}>
            Cancel
          </Button>
          <Button size="lg" variant="primary" disabledReason="The engine is still starting">
            Continue
          </Button>
        </span>
      }
    >
      <h1 className="text-20 font-strong tracking-[-0.012em]">{doingOf(vm)}</h1>
      <p className="text-fg2 mt-1.5 mb-4">
        You can keep using the computer. {vm.status === 'building' && vm.reason}
      </p>
      <StartSteps vm={vm} />
    </Frame>
  );
}

function Choosing({ vm }: { vm: VmState | null }) {
  const { go, act } = useOnboarding();
  const engine = useEngine();
  const { choice, host, chooseFound, chooseVm } = useEngineChoice();
  const keep = useKeepSettings();
  const { kept, changes, discard } = useVmSettings();
  const found = useQuery({ ...api.engine.endpoints.queryOptions(), staleTime: 0 });
  const { data: computer, refetch: lookAgain } = useQuery(api.vm.host.queryOptions());
  const others = foundEngines(found.data ?? [], host).filter(({ reachable }) => reachable);
  const [picked, setPicked] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const inUse = engine.status === 'connected' ? (choice === 'vm' ? OWN : engine.endpoint?.host) : undefined;
  const chosen = picked ?? inUse ?? others[0]?.host ?? OWN;
  const failed = choice === 'vm' && vm?.status === 'failed' ? vm.problem : null;
  const hindrance = chosen === OWN ? (failed ?? computer?.problem ?? null) : null;

  async function use() {
    setBusy(true);
    try {
      if (chosen === OWN) {
        if (kept && Object.keys(changes).length > 0) await keep({ vm: { ...kept, ...changes } });
        discard();
        await chooseVm();
      } else await chooseFound(chosen);
    } catch (error) {
      showProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Frame
      step="engine"
      crane={{ progress: chosen === inUse ? 1 : 0, state: hindrance ? 'failed' : 'carrying' }}
      foot={
        <>
          <Button variant="quiet" size="lg" onPress={() => go('done')}>
            Skip the introduction
          </Button>
          <span className="ml-auto flex gap-2.5">
            <Button size="lg" onPress={() => go('welcome')}>
              Back
            </Button>
            {chosen === inUse ? (
              <Button variant="primary" size="lg" autoFocus onPress={() => go('container')}>
                Continue
                <ArrowRight size={16} aria-hidden="true" />
              </Button>
            ) : (
              <Button
                variant="primary"
                size="lg"
                busy={busy}
                disabledReason={hindrance && !failed ? hindrance.title : undefined}
                onPress={() => void use()}
              >
                {chosen === OWN ? (failed ? 'Try again' : 'Start the engine') : 'Use this engine'}
              </Button>
            )}
          </span>
        </>
      }
    >
      <h1 className="text-20 font-strong tracking-[-0.012em]">Which engine runs your containers?</h1>
      <p className="text-fg2 mt-1.5 mb-4 max-w-[620px]">
        Gantry is the window. The work is done by a Docker Engine behind it. You can choose another one at any
        time.
      </p>
      {hindrance && (
        <div className="mb-4">
          <ProblemBanner
            problem={hindrance}
            onAction={(action) => (action.kind === 'retry' && !failed ? void lookAgain() : act(action))}
          />
        </div>
      )}
      <EngineChoice
        engines={others}
        looking={found.isPending}
        chosen={chosen}
        onChoose={setPicked}
        computer={computer}
      />
      <ComputerCheck engine={chosen} onAgain={() => void lookAgain()} />
    </Frame>
  );
}
