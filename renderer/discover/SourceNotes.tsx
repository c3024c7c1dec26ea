import { Info, RotateCw } from 'lucide-react';
import type { DiscoverSource, ProblemAction } from '#contract';
import { Button } from '#ui/Button';
import { Spinner, StateGlyph } from '#ui/StateGlyph';
import { tip } from '#ui/tip';
import { runAction } from '../data/problems';
import type { Search } from './useSearch';

/** One line for each source that failed: why, and what to do. The others' results stand below, untouched. */
export function FailedSources({ sources, search }: { sources: readonly DiscoverSource[]; search: Search }) {
  const failed = sources.flatMap((source) => {
    const problem = search.sources.get(source.id)?.problem;
    return problem ? [{ source, problem }] : [];
  });
  if (failed.length === 0) return null;
  return (
    <ul className="grid gap-1 mb-1" aria-label="Sources that failed" aria-live="polite">
      {failed.map(({ source, problem }) => {
        const other = problem.actions.find(({ kind }) => kind === 'open');
        return (
          <li
            key={source.id}
            className="flex items-start gap-2.5 rounded-7 bg-warn-soft pl-3 pr-1.5 py-1.5 text-12"
          >
            <span className="pt-[2px]">
              <StateGlyph state="unhealthy" />
            </span>
            <span className="min-w-0 flex-1" {...tip(problem.detail)}>
              <b className="font-strong wrap-anywhere">
                {problem.title.includes(source.host) ? problem.title : `${source.name}: ${problem.title}`}
              </b>
              <span className="block text-fg2 wrap-anywhere">{problem.explanation}</span>
              {other && <OtherWay action={other} />}
            </span>
            <Button
              size="sm"
              variant="quiet"
              icon={<RotateCw size={13} />}
              aria-label={`Retry ${source.name}`}
              onPress={() => search.retry(source.id)}
            >
              Retry
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

function OtherWay({ action }: { action: ProblemAction }) {
  return (
    <Button variant="link" className="!text-12" onPress={() => void runAction(action)}>
      {action.label}
    </Button>
  );
}

/** Below the results: who is still asked, what more there is, who heard the words. */
export function SourceFoot({ sources, search }: { sources: readonly DiscoverSource[]; search: Search }) {
  const state = (id: string) => search.sources.get(id);
  const waiting = sources.filter(({ id }) => ['asking', 'more'].includes(state(id)?.status ?? ''));
  const further = sources.filter(({ id }) => state(id)?.status === 'done' && state(id)?.next !== null);
  return (
    <div className="grid gap-1 px-3 py-2 text-12 text-fg3">
      {waiting.map(({ id, name }) => (
        <p key={id} className="flex items-center gap-2" role="status">
          <Spinner size={13} />
          Asking {name}…
        </p>
      ))}
      {further.map(({ id, name }) => (
        <Button key={id} size="sm" className="justify-self-start" onPress={() => search.more(id)}>
          Load more from {name}
        </Button>
      ))}
      <AskedHosts sources={sources} />
      <p className="flex items-start gap-2">
        <Info size={13} className="mt-[2px] shrink-0" aria-hidden="true" />
        GitHub’s, Google’s and Amazon’s registries cannot be searched. Paste a full name instead, such as
        ghcr.io/team/app.
      </p>
    </div>
  );
}

export function AskedHosts({ sources }: { sources: readonly DiscoverSource[] }) {
  const hosts = sources.filter(({ searchable }) => searchable).map(({ host }) => host);
  if (hosts.length === 0) return null;
  return (
    <p className="flex items-start gap-2">
      <Info size={13} className="mt-[2px] shrink-0" aria-hidden="true" />
      <span className="wrap-anywhere">
        What you search for is sent to {new Intl.ListFormat('en', { type: 'conjunction' }).format(hosts)}.
      </span>
    </p>
  );
}
