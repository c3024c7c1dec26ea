import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Container } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { ErrorState } from '#ui/ProblemView';
import { AfterMoment } from '#ui/Skeleton';
import { Spinner } from '#ui/StateGlyph';
import { api } from '../../../data/client';
import { problemOf, runAction } from '../../../data/problems';
import { JsonView } from '../../../inspect/JsonView';
import { useCommandStrip } from '../../../ui/commandStrip';

/** The engine's own answer about the container; read again when its state changes. */
export default function InspectTab({ container }: { container: Container }) {
  const { id, name, state, startedAt, finishedAt, health } = container;
  useCommandStrip({ same: commandArguments(commands.containers.inspect(name)) });
  const options = api.containers.inspect.queryOptions({ input: { id } });
  const { data, error, refetch } = useQuery({
    ...options,
    queryKey: [
      ...options.queryKey,
      name,
      state,
      startedAt,
      finishedAt,
      health,
    ] as unknown as typeof options.queryKey,
    placeholderData: keepPreviousData,
  });
  if (data !== undefined) return <JsonView value={data} name={name} />;
  if (error) {
    return (
      <ErrorState
        problem={problemOf(error)}
        onAction={(action) => (action.kind === 'retry' ? void refetch() : void runAction(action))}
      />
    );
  }
  return (
    <AfterMoment>
      <span role="status" className="flex items-center gap-2 p-6 text-fg3">
        <Spinner /> Asking the engine
      </span>
    </AfterMoment>
  );
}
