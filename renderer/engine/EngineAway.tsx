import { useEffect, useState } from 'react';
import type { EngineState, ProblemAction } from '#contract';
import { ErrorState } from '#ui/ProblemView';
import { AfterMoment, SkeletonRows } from '#ui/Skeleton';
import { StateGlyph } from '#ui/StateGlyph';
import { runAction } from '../data/problems';
import { useEngine } from '../data/projection';
import { useVm } from '../data/vm';
import { useEngineChoice } from './choice';
import { VmAway } from './VmAway';

/** There is no call to repeat: what failed is the connection. */
const act = (action: ProblemAction) =>
  void runAction(
    action.kind === 'retry' ? { kind: 'call', label: action.label, procedure: 'engine.reconnect' } : action,
  );

/**
 * What a page shows while the engine's objects are not known: how far the VM is or how to start it, rows on their
 * way while connecting or reading, who is waited for while reconnecting, what is wrong and what to do when there is
 * no engine.
 */
export function EngineAway({ headers, label }: { headers: readonly string[]; label: string }) {
  const engine = useEngine();
  const vm = useVm();
  const { choice } = useEngineChoice();
  if (choice === 'vm' && vm && vm.status !== 'running') return <VmAway vm={vm} />;
  if (engine.status === 'off' && engine.problem) {
    return (
      <div className="overflow-auto pb-6">
        <ErrorState problem={engine.problem} onAction={act} />
        <NextAttempt engine={engine} />
      </div>
    );
  }
  return (
    <div className="px-6 grid gap-3">
      {engine.status === 'connected' ? null : <Waiting engine={engine} />}
      <SkeletonRows headers={headers} label={label} />
    </div>
  );
}

function Waiting({ engine }: { engine: EngineState }) {
  const again = engine.status === 'reconnecting';
  const name = engine.endpoint?.label ?? 'the engine';
  return (
    <AfterMoment>
      <div className="card px-4 py-3 flex items-center gap-4" role="status">
        <StateGlyph state={again ? 'restarting' : 'busy'} size={18} />
        <div className="min-w-0">
          <div className="font-strong">{again ? `Reconnecting to ${name}` : 'Looking for an engine'}</div>
          <div className="text-fg3 text-12 wrap-anywhere">
            {again
              ? (engine.problem?.explanation ?? 'It went away. The list appears when it answers.')
              : 'The list appears when it answers.'}
          </div>
        </div>
      </div>
    </AfterMoment>
  );
}

/** Counts down to the next try, so that nobody wonders whether Gantry has given up. */
function NextAttempt({ engine: { nextAttemptAt } }: { engine: EngineState }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (nextAttemptAt === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [nextAttemptAt]);
  if (nextAttemptAt === null) return null;
  const seconds = Math.ceil((nextAttemptAt - now) / 1000);
  return (
    <p className="text-12 text-fg3 num text-center mt-4">
      {seconds > 0 ? `Gantry tries again in ${seconds} s.` : 'Gantry tries again.'}
    </p>
  );
}
