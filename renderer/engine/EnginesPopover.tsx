import { useQuery } from '@tanstack/react-query';
import { Check, Settings2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EngineBeside, VmState } from '#contract';
import { isRunning } from '#contract/container-state';
import { Button } from '#ui/Button';
import { Fold } from '#ui/Fold';
import { KeyValueList } from '#ui/KeyValueList';
import { StateGlyph, type StateName } from '#ui/StateGlyph';
import { useBeside } from '../data/beside';
import { api, client } from '../data/client';
import { useClock } from '../data/clock';
import { showProblem } from '../data/problems';
import { useContainers, useEngine, useLoaded } from '../data/projection';
import { useVm } from '../data/vm';
import { navigate } from '../shell/router';
import { classes } from '../ui/classes';
import { useEngineChoice } from './choice';
import { useEngineFacts } from './facts';
import { type FoundEngine, foundEngines } from './found';
import type { VmOrder } from './useVmOrders';
import { lookOfVm } from './vmWords';

/** The engines of this computer, the one in use marked. One click goes to another. */
export function EnginesPopover({
  orders,
  onLeave,
}: {
  /** What can be asked of the VM, while it is in use. */
  orders: readonly VmOrder[];
  onLeave: () => void;
}) {
  const engine = useEngine();
  const vm = useVm();
  const { choice, host, chooseFound, chooseVm } = useEngineChoice();
  const found = useQuery({ ...api.engine.endpoints.queryOptions(), staleTime: 0 });
  const beside = useBeside();
  const others = foundEngines(found.data ?? [], host);
  /** The page and the panel tell what comes of the choice. */
  const choosing = (choose: () => Promise<void>) => () => {
    onLeave();
    void choose();
  };
  const inUse = (other: FoundEngine) => choice === 'found' && engine.endpoint?.host === other.host;
  return (
    <>
      <div className="px-4 pt-3 pb-2 flex items-baseline gap-3">
        <h2 className="h2">Engines</h2>
        <span className="ml-auto text-12 text-fg3">Gantry shows one at a time</span>
      </div>
      <div className="min-h-0 overflow-auto">
        <ul className="pb-1.5" aria-busy={found.isFetching}>
          {vm && <VmRow vm={vm} current={choice === 'vm'} onChoose={choosing(chooseVm)} />}
          {others.map((other) => (
            <EngineRow
              key={other.host}
              glyph={
                other.reachable || (inUse(other) && engine.status === 'connected') ? 'running' : 'exited'
              }
              title={other.label}
              detail={other.host}
              note={foundNote(other, beside)}
              current={inUse(other)}
              onChoose={choosing(() => chooseFound(other.host))}
            />
          ))}
          {found.isPending && <li className="px-6 py-2 text-12 text-fg3">Looking for others…</li>}
        </ul>
        <InUse />
      </div>
      <div className="border-t border-line px-3 h-12 shrink-0 flex items-center gap-1.5">
        <Button
          size="sm"
          variant="quiet"
          icon={<Settings2 size={14} />}
          onPress={() => {
            onLeave();
            navigate({ page: 'settings', section: 'engine' });
          }}
        >
          Engine settings
        </Button>
        <span className="ml-auto flex gap-1.5">
          {orders.map(({ verb, label, act }) => (
            <Button
              key={verb}
              size="sm"
              onPress={() => {
                // A question must not stand in a panel that closes.
                onLeave();
                act();
              }}
            >
              {label}
            </Button>
          ))}
        </span>
        {choice === 'found' && engine.status !== 'connected' && (
          <Button size="sm" onPress={() => void client.engine.reconnect().catch(showProblem)}>
            Try now
          </Button>
        )}
      </div>
    </>
  );
}

function foundNote({ host, reachable }: FoundEngine, beside: EngineBeside | null): string | undefined {
  if (beside?.endpoint.host === host) return `${beside.running} running`;
  return reachable ? undefined : 'does not answer';
}

function VmRow({ vm, current, onChoose }: { vm: VmState; current: boolean; onChoose: () => void }) {
  const engine = useEngine();
  const { data: host } = useQuery(api.vm.host.queryOptions());
  const beside = useBeside();
  const connected = beside?.endpoint.source === 'Gantry VM' ? beside : null;
  const version = current ? engine.facts?.version : connected?.version;
  const look = lookOfVm(vm, version ?? undefined, useClock());
  const runs = vm.status === 'running';
  const hindrance = runs ? undefined : host?.problem?.title;
  const startNote = hindrance ? undefined : 'a click starts it';
  const detail = runs ? look.detail : (hindrance ?? [look.title, look.detail].filter(Boolean).join('. '));
  return (
    <EngineRow
      glyph={look.glyph}
      title="This computer, in Gantry’s VM"
      detail={detail ?? look.title}
      note={connected ? `${connected.running} running` : runs ? 'runs' : startNote}
      current={current}
      onChoose={onChoose}
    />
  );
}

function EngineRow({
  glyph,
  title,
  detail,
  note,
  current,
  onChoose,
}: {
  glyph: StateName;
  title: string;
  detail: string;
  note: ReactNode;
  current: boolean;
  onChoose: () => void;
}) {
  return (
    <li className="px-1.5">
      <button
        type="button"
        aria-current={current || undefined}
        className={classes(
          'w-full flex items-center gap-3 px-3 h-[52px] rounded-7 text-left',
          current ? 'bg-selected' : 'hover:bg-hover',
        )}
        onClick={() => {
          if (!current) onChoose();
        }}
      >
        <span className="w-4 grid place-items-center shrink-0">
          <StateGlyph state={glyph} />
        </span>
        <span className="min-w-0 flex-1">
          <bdi className="font-strong leading-[18px] block truncate">{title}</bdi>
          <bdi className="text-12 text-fg3 block truncate">{detail}</bdi>
        </span>
        <span className="text-12 text-fg3 whitespace-nowrap flex items-center gap-2">
          {current ? <RunningCount /> : note}
          {current && <Check size={16} className="text-accent-fg" aria-label="in use" />}
        </span>
      </button>
    </li>
  );
}

function RunningCount() {
  const loaded = useLoaded();
  const running = useContainers().filter(isRunning).length;
  return loaded ? <span className="num">{running} running</span> : null;
}

/** Why the engine in use is away, and what it is. */
function InUse() {
  const { problem } = useEngine();
  const facts = useEngineFacts();
  if (!problem && facts.length === 0) return null;
  return (
    <div className="px-4 pt-2 pb-3 border-t border-line grid gap-2">
      {problem && (
        <div role="status">
          <div className="font-medium wrap-anywhere">{problem.title}</div>
          <p className="text-12 text-fg2 wrap-anywhere">{problem.explanation}</p>
        </div>
      )}
      {facts.length > 0 && (
        <Fold title="About the engine in use">
          <div className="pt-1.5 pb-1 pl-[21px]">
            <KeyValueList items={facts} labelWidth={86} />
          </div>
        </Fold>
      )}
    </div>
  );
}
