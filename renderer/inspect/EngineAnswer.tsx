import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ErrorState } from '#ui/ProblemView';
import { AfterMoment } from '#ui/Skeleton';
import { Spinner } from '#ui/StateGlyph';
import { problemOf, runAction } from '../data/problems';
import { JsonView } from './JsonView';

/** What the engine itself says about an object; read again when `of` changes, which names it and its state. */
export function EngineAnswer({
  of,
  name,
  load,
}: {
  of: readonly string[];
  name: string;
  load: (signal: AbortSignal) => Promise<unknown>;
}) {
  const { data, error, refetch } = useQuery({
    queryKey: ['inspect', ...of],
    queryFn: ({ signal }) => load(signal),
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
