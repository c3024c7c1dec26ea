import type { Container } from '#contract';
import { Button } from '#ui/Button';
import { Spinner, StateGlyph } from '#ui/StateGlyph';
import { formatCount, plural } from '../../../ui/format';
import { fromBeginning, type SinceChoice } from './SinceMenu';
import type { Log } from './useLog';

/** "UTC+2", of the clock that the times are shown in. */
function zone(): string {
  const minutes = -new Date().getTimezoneOffset();
  const hours = minutes / 60;
  return minutes === 0 ? 'UTC' : `UTC${hours > 0 ? '+' : '−'}${Math.abs(hours)}`;
}

/** What stands over the oldest lines, or in place of lines. */
export function LogNote({
  log,
  choice,
  onShowAll,
}: {
  log: Log;
  choice: SinceChoice;
  onShowAll: () => void;
}) {
  const { store, status, loadingOlder } = log;
  if (loadingOlder) {
    return (
      <span className="log-note">
        <Spinner /> Reading older lines
      </span>
    );
  }
  if (store.count > 0 || status === 'loading') return null;
  const all = choice.label === fromBeginning.label;
  return (
    <div className="log-empty">
      <p>
        {choice.label === 'Cleared'
          ? 'The view is cleared. New lines appear here.'
          : all
            ? 'It has printed nothing so far.'
            : 'It has printed nothing since then.'}
      </p>
      {!all && (
        <Button size="sm" onPress={onShowAll}>
          Show earlier lines
        </Button>
      )}
    </div>
  );
}

/** The line below the log: whether it is live, how much is held. */
export function LogStatusBar({ log, state }: { log: Log; state: Container['state'] }) {
  const { store, status, skipped, atBeginning, problem } = log;
  return (
    <div className="h-7 flex-none flex items-center gap-4 px-6 text-11 text-fg3 num border-t border-line whitespace-nowrap overflow-hidden">
      <span className="flex items-center gap-1.5">
        {status === 'loading' && <Spinner size={10} />}
        {status === 'live' && <StateGlyph state={state === 'paused' ? 'paused' : 'running'} size={10} />}
        {status === 'ended' && <StateGlyph state="exited" size={10} />}
        {status === 'failed' && <StateGlyph state="failed" size={10} />}
        {
          {
            loading: 'Reading',
            live: state === 'paused' ? 'Paused' : 'Live',
            ended: 'Ended',
            failed: problem?.title ?? 'Broken off',
          }[status]
        }
      </span>
      <span>{plural(store.count, 'line')}</span>
      <span>{plural(store.errors, 'error line')}</span>
      {skipped > 0 && (
        <span className="text-warn-fg">{formatCount(skipped)} lines came too fast and were left out</span>
      )}
      {store.full && <span>Older lines are in the file that Save makes</span>}
      {!store.full && atBeginning && store.count > 0 && <span>From its beginning</span>}
      <span className="ml-auto">Times are local, {zone()}</span>
    </div>
  );
}
