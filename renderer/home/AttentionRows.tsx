import { useQuery } from '@tanstack/react-query';
import type { Container } from '#contract';
import { Button } from '#ui/Button';
import { StateGlyph } from '#ui/StateGlyph';
import { lookOf } from '../containers/state';
import { client } from '../data/client';
import { navigate } from '../shell/router';
import { plural } from '../ui/format';
import { type Attention, attentionOf } from './attention';

/** More of them would push what runs out of sight. */
const SHOWN = 4;

/** Containers that are not well, each with what happened and where to look. */
export function AttentionRows({ containers }: { containers: readonly Container[] }) {
  const items = attentionOf(containers);
  if (items.length === 0) return null;
  const more = items.length - SHOWN;
  return (
    <ul className="mx-3 mb-2 rounded-7 bg-warn-soft" aria-label="In need of a look">
      {items.slice(0, SHOWN).map((item) => (
        <AttentionRow key={item.container.id} item={item} />
      ))}
      {more > 0 && (
        <li className="px-2.5 h-9 flex items-center border-t border-line">
          <Button variant="link" className="text-12" onPress={() => navigate({ page: 'containers' })}>
            {plural(more, 'more container')} in need of a look
          </Button>
        </li>
      )}
    </ul>
  );
}

function AttentionRow({ item: { container, words, lastWords, action } }: { item: Attention }) {
  const { id, name } = container;
  const said = useLastWords(container, lastWords);
  return (
    <li className="flex items-center gap-2.5 px-2.5 h-9 border-t border-line first:border-t-0">
      <StateGlyph state={lookOf(container).glyph} />
      <span className="min-w-0 truncate" data-tip={said ?? undefined}>
        <bdi className="font-strong">{name}</bdi> {words}
        {said && (
          <>
            {' '}
            Its last words: <bdi className="mono">{said}</bdi>
          </>
        )}
      </span>
      <span className="ml-auto shrink-0">
        <Button
          size="sm"
          aria-label={`${action.label} of ${name}`}
          onPress={() => navigate({ page: 'containers', id, tab: action.tab })}
        >
          {action.label}
        </Button>
      </span>
    </li>
  );
}

/** What it printed last. Read once for each way it ended, not at each turn of a restart loop. */
function useLastWords({ id, state, exitCode }: Container, wanted: boolean): string | null {
  const { data } = useQuery({
    queryKey: ['last words', id, state, exitCode],
    queryFn: async ({ signal }) => {
      const { lastLines } = await client.containers.details({ id }, { signal });
      return lastLines.findLast((line) => line.trim() !== '')?.slice(0, 300) ?? null;
    },
    enabled: wanted,
    // Asked while it happened to run it had none: the next time it is asked again.
    staleTime: (query) => (query.state.data === null ? 0 : Number.POSITIVE_INFINITY),
  });
  return data ?? null;
}
