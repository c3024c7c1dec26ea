import { useQuery } from '@tanstack/react-query';
import type { PullsLeft } from '#contract';
import { Button } from '#ui/Button';
import { formatCount, formatDuration, plural } from '#ui/format';
import { StateGlyph } from '#ui/StateGlyph';
import { api } from '../data/client';
import { navigate } from '../shell/router';

/** From here on it is worth telling before the next pull fails. */
const few = 0.1;

/** What a source still lets this computer pull; undefined while unknown, and where pulls are not counted. */
export function usePullsLeft(source: string): PullsLeft | undefined {
  const { data } = useQuery({
    ...api.discover.pullsLeft.queryOptions({ input: { source } }),
    enabled: source === 'hub',
  });
  return data ?? undefined;
}

/** Warns when Docker Hub is about to refuse pulls, and says what helps. */
export function PullsLeftNote({ source }: { source: string }) {
  const left = usePullsLeft(source);
  if (!left || left.remaining > left.limit * few) return null;
  return (
    <p className="rounded-7 bg-warn-soft px-3 py-2 flex gap-2.5 items-start">
      <span className="pt-[3px]">
        <StateGlyph state="unhealthy" />
      </span>
      <span className="min-w-0">
        <b className="font-strong">Docker Hub lets you pull {plural(left.remaining, 'more image')}.</b>{' '}
        <span className="text-fg2">
          It allows {formatCount(left.limit)} in {formatDuration(left.windowSeconds * 1000)}. With a sign-in
          there are more.
        </span>{' '}
        <Button variant="link" onPress={() => navigate({ page: 'settings', section: 'registries' })}>
          Sign in
        </Button>
      </span>
    </p>
  );
}
