import { ArrowDownToLine, Clock, Copy, Download, Eraser, TextWrap } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Container } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { Button } from '#ui/Button';
import { FindField } from '#ui/FindField';
import { IconButton } from '#ui/IconButton';
import { ErrorState } from '#ui/ProblemView';
import { SegmentedControl } from '#ui/SegmentedControl';
import { client } from '../../../data/client';
import { runAction, showProblem, withoutForm } from '../../../data/problems';
import { useEngine } from '../../../data/projection';
import { useShortcut } from '../../../shell/shortcuts';
import { useCommandStrip } from '../../../ui/commandStrip';
import { saveText } from '../../../ui/saveText';
import { useSetting } from '../useSetting';
import { linesText } from './copyLines';
import { LogNote, LogStatusBar } from './LogStatus';
import { LogView, type LogViewHandle } from './LogView';
import { fromBeginning, SinceMenu } from './SinceMenu';
import { firstPage, useLog } from './useLog';
import { useSearch } from './useSearch';

type Streams = 'all' | 'output' | 'errors';
const errorsOf = { all: null, output: false, errors: true } as const;

/** The log of a container: newest lines first, older ones on scrolling up, live below. */
export function LogsTab({ container }: { container: Container }) {
  const { id, name, startedAt } = container;
  const engine = useEngine();
  const [since, setSince] = useState(fromBeginning);
  const [typed, setTyped] = useState('');
  const [streams, setStreams] = useState<Streams>('all');
  const [timestamps, setTimestamps] = useSetting('logs.timestamps', true);
  const [wrap, setWrap] = useSetting('logs.wrap', false);
  const [following, setFollowing] = useState(true);
  /** The end of the log when following paused. */
  const [pausedAt, setPausedAt] = useState(0);
  const [saving, setSaving] = useState(false);
  const view = useRef<LogViewHandle>(null);
  const find = useRef<HTMLInputElement>(null);

  const run = `${startedAt} ${engine.status === 'connected' ? engine.since : ''}`;
  const log = useLog(id, run, since.since);
  const { store } = log;
  useSyncExternalStore(store.subscribe, () => store.version);
  const errors = errorsOf[streams];
  const search = useSearch(store, typed, errors);

  useShortcut({ keys: 'Ctrl F', label: 'Search the log' }, () => find.current?.focus());
  useCommandStrip({
    same: commandArguments(commands.containers.logs(name, { follow: true, timestamps, tail: firstPage })),
  });
  useEffect(() => {
    if (!following) setPausedAt(store.end);
  }, [following, store]);

  const step = (by: 1 | -1) => {
    const hit = search.step(by, view.current?.firstInSight() ?? store.first);
    if (hit) view.current?.show(hit.line);
  };
  const save = async () => {
    setSaving(true);
    try {
      await saveText(`${name}.log`, await client.containers.exportLogs({ id, timestamps }));
    } catch (error) {
      showProblem(error);
    } finally {
      setSaving(false);
    }
  };
  const copy = () =>
    navigator.clipboard
      .writeText(document.getSelection()?.toString() || linesText(store, timestamps))
      .catch(showProblem);
  const clear = () => {
    store.clear();
    setSince({ label: 'Cleared', since: Date.now() });
  };

  if (log.problem && store.count === 0)
    return <ErrorState problem={withoutForm(log.problem)} onAction={runAction} />;
  return (
    <>
      <div className="px-6 py-2.5 flex max-[799px]:flex-wrap items-center gap-2 min-w-0">
        <FindField
          label="Search the log"
          value={typed}
          onChange={setTyped}
          hits={search.hits.length}
          active={search.active}
          limited={search.limited}
          onStep={step}
          inputRef={find}
        />
        <SegmentedControl
          label="Which output"
          value={streams}
          onChange={setStreams}
          segments={[
            { value: 'all', label: 'All output' },
            { value: 'output', label: 'Output' },
            { value: 'errors', label: 'Errors', count: store.errors },
          ]}
        />
        <span className="ml-auto flex gap-0.5 items-center shrink-0">
          <SinceMenu choice={since} onChange={setSince} />
          <IconButton aria-label="Timestamps" pressed={timestamps} onPress={() => setTimestamps(!timestamps)}>
            <Clock size={16} />
          </IconButton>
          <IconButton aria-label="Wrap lines" pressed={wrap} onPress={() => setWrap(!wrap)}>
            <TextWrap size={16} />
          </IconButton>
          <IconButton
            aria-label="Copy the lines"
            tooltip="Copy the selection, or all lines held here"
            onPress={copy}
          >
            <Copy size={16} />
          </IconButton>
          <IconButton
            aria-label="Save to a file"
            tooltip="Save the whole log to a file"
            busy={saving}
            onPress={save}
          >
            <Download size={16} />
          </IconButton>
          <IconButton
            aria-label="Clear the view"
            tooltip="Clear the view; the engine keeps the log"
            onPress={clear}
          >
            <Eraser size={16} />
          </IconButton>
          <span className="w-px h-5 bg-line mx-1.5" />
          <FollowButton
            following={following}
            missed={store.end - Math.max(pausedAt, store.first)}
            onPress={() => view.current?.toEnd()}
          />
        </span>
      </div>
      <LogView
        ref={view}
        store={store}
        label={`Log of ${name}`}
        errors={errors}
        timestamps={timestamps}
        wrap={wrap}
        wanted={search.wanted}
        hits={search.hits}
        activeHit={search.hits[search.active] ?? null}
        following={following}
        onFollow={setFollowing}
        onNearTop={log.loadOlder}
        note={<LogNote log={log} choice={since} onShowAll={() => setSince(fromBeginning)} />}
      />
      <LogStatusBar log={log} state={container.state} />
    </>
  );
}

function FollowButton({
  following,
  missed,
  onPress,
}: {
  following: boolean;
  missed: number;
  onPress: () => void;
}) {
  return (
    <Button
      size="sm"
      className={following ? 'follow on' : 'follow'}
      icon={<ArrowDownToLine size={14} />}
      aria-pressed={following}
      tooltip={following ? 'New lines are shown as they come' : 'Show the newest lines and follow them'}
      onPress={onPress}
    >
      {following ? 'Following' : missed > 0 ? `Jump to now, ${missed} new` : 'Jump to now'}
    </Button>
  );
}
