import type { Container, ContainerDetails } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { ErrorState } from '#ui/ProblemView';
import { AfterMoment } from '#ui/Skeleton';
import { Spinner } from '#ui/StateGlyph';
import { problemOf, runAction } from '../../../data/problems';
import { useCommandStrip } from '../../../ui/commandStrip';
import { useDetails } from '../useDetails';
import { HealthCard } from './HealthCard';
import { MountsCard } from './MountsCard';
import { OriginCard } from './OriginCard';
import { SetupCard } from './SetupCard';
import { VariablesCard } from './VariablesCard';
import { WhyCard } from './WhyCard';

export function OverviewTab({ container }: { container: Container }) {
  useCommandStrip({ same: commandArguments(commands.containers.inspect(container.name)) });
  const { data, error, refetch } = useDetails(container);
  if (error && !data) {
    return (
      <ErrorState
        problem={problemOf(error)}
        onAction={(action) => (action.kind === 'retry' ? void refetch() : void runAction(action))}
      />
    );
  }
  if (!data) {
    return (
      <AfterMoment>
        <span role="status" className="flex items-center gap-2 p-6 text-fg3">
          <Spinner /> Reading the details
        </span>
      </AfterMoment>
    );
  }
  return <Overview container={container} details={data} />;
}

function Overview({ container, details }: { container: Container; details: ContainerDetails }) {
  return (
    <div className="flex-1 min-h-0 overflow-y-auto px-6 py-4 grid gap-4 content-start">
      {details.why && <WhyCard container={container} details={details} why={details.why} />}
      <div className="grid grid-cols-[minmax(0,1fr)_336px] max-[1039px]:grid-cols-[minmax(0,1fr)_292px] gap-4 content-start">
        <div className="grid gap-4 content-start min-w-0">
          <SetupCard container={container} details={details} />
          <MountsCard mounts={container.mounts} />
          <VariablesCard variables={details.env} />
        </div>
        <div className="grid gap-4 content-start min-w-0">
          {details.health && <HealthCard container={container} health={details.health} />}
          <OriginCard container={container} details={details} />
        </div>
      </div>
    </div>
  );
}
