import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Badge } from '#ui/Badge';
import { ProblemBanner } from '#ui/ProblemView';
import { RadioGroup } from '#ui/RadioGroup';
import { StateLabel } from '#ui/StateGlyph';
import { api } from '../../data/client';
import { useClock } from '../../data/clock';
import { problemOf, runAction } from '../../data/problems';
import { useEngine } from '../../data/projection';
import { useVm, useVmDetails } from '../../data/vm';
import { useEngineChoice } from '../../engine/choice';
import { foundEngines } from '../../engine/found';
import { lookOfVm } from '../../engine/vmWords';
import { AppliesNote, SectionHead } from '../parts';
import { Spot } from '../Spot';
import { EngineConfig } from './config/EngineConfig';
import { OtherEngineConfig } from './config/OtherEngineConfig';
import { FoundEngines } from './FoundEngines';
import { engineVersionOf } from './facts';
import { VirtualMachine } from './VirtualMachine';

/** Where containers run: in an engine that is there already, or in Gantry's own, in a VM. */
export function EngineSection() {
  const { choice, host, leaveVm, chooseVm } = useEngineChoice();
  const found = useQuery({ ...api.engine.endpoints.queryOptions(), staleTime: 0 });
  const { data: vmHost } = useQuery(api.vm.host.queryOptions());
  const engines = foundEngines(found.data ?? [], host);
  // The first one that answers can be Gantry's.
  const own = useEngine().endpoint?.source === 'Gantry VM' || choice === 'vm';
  const answering = engines.filter(({ reachable }) => reachable);
  const vmSuggested = found.data !== undefined && answering.length === 0 && vmHost?.problem === null;
  return (
    <>
      <SectionHead title="Engine" term="engine" about="Where the containers run" />
      <Spot setting="engine">
        {choice && (
          <RadioGroup
            label="Engine"
            labelHidden
            cards
            value={choice}
            onChange={(next) => void (next === 'vm' ? chooseVm() : leaveVm())}
            options={[
              {
                value: 'found',
                label: 'An engine that is already there',
                help: <FoundHelp engines={answering.map(({ label }) => label)} pending={found.isPending} />,
                end: answering.length > 0 && (
                  <Suggested why="It answers already and needs no virtual machine" />
                ),
              },
              {
                value: 'vm',
                label: 'Gantry’s own engine, in a virtual machine',
                help: <VmHelp />,
                end: vmSuggested && <Suggested why="No other engine answers on this computer" />,
              },
            ]}
          />
        )}
        <p className="mt-2 leading-4">
          <AppliesNote setting="engine" />
        </p>
      </Spot>
      {vmHost?.problem && (
        <div className="mt-3">
          <ProblemBanner problem={vmHost.problem} tone="warn" onAction={(action) => void runAction(action)} />
        </div>
      )}
      {found.error ? (
        <div className="mt-3">
          <ProblemBanner
            problem={problemOf(found.error)}
            onAction={(action) => (action.kind === 'retry' ? void found.refetch() : void runAction(action))}
          />
        </div>
      ) : (
        choice === 'found' && (
          <FoundEngines
            engines={engines}
            named={host}
            looking={found.isFetching}
            onLook={() => void found.refetch()}
          />
        )
      )}
      <Spot setting="engineConfig">{choice && (own ? <EngineConfig /> : <OtherEngineConfig />)}</Spot>
      <VirtualMachine />
    </>
  );
}

const inWords = new Intl.ListFormat('en');

const Suggested = ({ why }: { why: string }) => (
  <Badge tone="line" tooltip={why}>
    Suggested
  </Badge>
);

function Lines({ children, state }: { children: ReactNode; state: ReactNode }) {
  return (
    <>
      {children}
      <span className="block mt-1.5 text-fg">{state}</span>
    </>
  );
}

function FoundHelp({ engines, pending }: { engines: readonly string[]; pending: boolean }) {
  const { status, endpoint, facts } = useEngine();
  const own = endpoint?.source === 'Gantry VM';
  const inUse = status === 'connected' && !own && endpoint && facts;
  const answers =
    engines.length > 0 ? `${inWords.format(engines)} ${engines.length === 1 ? 'answers' : 'answer'}` : null;
  return (
    <Lines
      state={
        inUse ? (
          <StateLabel state="running" word={`${endpoint.label} is in use, Engine ${facts.version}`} />
        ) : answers ? (
          <StateLabel state="running" word={answers} />
        ) : (
          <StateLabel
            state={pending ? 'busy' : 'exited'}
            word={pending ? 'Looking for engines' : 'None answers'}
          />
        )
      }
    >
      Docker, Podman or another one that you or your administrator installed, on this computer or on another.
      Its containers and images are yours already.
    </Lines>
  );
}

function VmHelp() {
  const vm = useVm();
  const details = useVmDetails(vm && vm.status !== 'absent' ? vm.status : null);
  const version = details && engineVersionOf(details);
  const now = useClock();
  const look = vm && lookOfVm(vm, version, now);
  return (
    <Lines
      state={
        look && (
          <StateLabel
            state={look.glyph}
            word={[look.title, look.detail ?? (version && `Engine ${version}`)].filter(Boolean).join('. ')}
          />
        )
      }
    >
      A virtual machine (VM) is a computer made of software. Gantry runs a small Linux in one, with Docker
      Engine inside. It changes nothing else on this computer and asks for no password.
    </Lines>
  );
}
