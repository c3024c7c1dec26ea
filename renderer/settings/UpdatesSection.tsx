import { ArrowUpRight, RotateCw } from 'lucide-react';
import type { UpdateOrder, UpdatePhase, UpdatesState } from '#contract/updates';
import { Button } from '#ui/Button';
import { Progress } from '#ui/Meter';
import { ProblemBanner } from '#ui/ProblemView';
import { SegmentedControl } from '#ui/SegmentedControl';
import { Age } from '../data/Age';
import { formatBytes, formatDate } from '../ui/format';
import { SectionHead, SettingRow } from './parts';
import { Spot } from './Spot';
import { useSettings } from './useSettings';
import { orderUpdate, useUpdates } from './useUpdates';

/** Which Gantry this is, whether there is a newer one, and how it comes here. */
export function UpdatesSection() {
  const state = useUpdates();
  return (
    <>
      <SectionHead title="Updates" about={state ? `This is Gantry ${state.version}` : ''} />
      {state && (state.now.phase === 'none' ? <None why={state.now.why} /> : <Looking state={state} />)}
    </>
  );
}

const reasons: Record<Extract<UpdatePhase, { phase: 'none' }>['why'], string> = {
  source: 'This Gantry runs from its source. Update the source, and start it again.',
  'no-feed': 'This copy was packaged without an address to look for updates at. It looks for none.',
  unsigned:
    'This copy was packaged without a key, so it could not tell a real update from a forged one. It looks for none.',
};

function None({ why }: { why: keyof typeof reasons }) {
  return (
    <Spot setting="updates">
      <section className="card px-5 py-3.5" aria-label="No updates here">
        <div className="font-medium">This copy does not update itself</div>
        <p className="help">{reasons[why]}</p>
      </section>
    </Spot>
  );
}

function Looking({ state }: { state: UpdatesState }) {
  const { settings, change } = useSettings();
  const { now, way, page } = state;
  const busy = now.phase === 'downloading' || now.phase === 'installing';
  return (
    <div className="grid gap-3">
      <div className="card divide-y divide-line">
        <SettingRow setting="updates">
          {settings && (
            <SegmentedControl
              label="Look for updates"
              value={settings.updates}
              onChange={(updates) => change({ updates })}
              segments={[
                { value: 'off', label: 'When I ask' },
                { value: 'tell', label: 'Tell me' },
                ...(way === 'by-hand' ? [] : [{ value: 'download' as const, label: 'Download' }]),
              ]}
            />
          )}
        </SettingRow>
        <div className="flex items-center gap-4 px-5 py-3">
          <div className="min-w-0" aria-live="polite">
            <div className="lbl">{headline(now)}</div>
            <div className="help">
              {state.checkedAt === null ? (
                'Not looked for yet'
              ) : (
                <>
                  Last looked for <Age at={state.checkedAt} ago />
                </>
              )}
            </div>
          </div>
          <span className="ml-auto shrink-0">
            {now.phase === 'checking' ? (
              <Button size="sm" onPress={() => orderUpdate('cancel')}>
                Cancel
              </Button>
            ) : (
              !busy && (
                <Button size="sm" icon={<RotateCw size={13} />} onPress={() => orderUpdate('check')}>
                  Check now
                </Button>
              )
            )}
          </span>
        </div>
      </div>
      {now.phase === 'failed' && (
        <ProblemBanner
          problem={now.problem}
          onAction={({ kind }) => kind === 'retry' && orderUpdate('retry')}
        />
      )}
      {'update' in now && now.update && now.phase !== 'failed' && <Found now={now} way={way} page={page} />}
    </div>
  );
}

function headline(now: UpdatePhase): string {
  switch (now.phase) {
    case 'checking':
      return 'Looking for a newer version…';
    case 'available':
    case 'downloading':
    case 'ready':
    case 'installing':
      return `Gantry ${now.update.version} is here`;
    case 'failed':
      return 'The last try failed';
    default:
      return 'No newer version is known';
  }
}

type FoundPhase = Extract<UpdatePhase, { phase: 'available' | 'downloading' | 'ready' | 'installing' }>;

function Found({ now, way, page }: { now: FoundPhase } & Pick<UpdatesState, 'way' | 'page'>) {
  const { update } = now;
  const size = update.size === null ? '' : `, ${formatBytes(update.size)}`;
  return (
    <section className="card px-5 py-3.5 grid gap-3" aria-label={`Gantry ${update.version}`}>
      <div>
        <h3 className="h2">Gantry {update.version}</h3>
        <p className="text-fg3">
          {formatDate(update.publishedAt)}
          {size}
        </p>
      </div>
      {update.notes && (
        <section
          className="max-h-56 overflow-y-auto whitespace-pre-wrap wrap-anywhere select-text text-fg2"
          aria-label="What is new"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
          tabIndex={0}
        >
          {update.notes}
        </section>
      )}
      <Step now={now} way={way} page={page} />
    </section>
  );
}

const press = (order: UpdateOrder) => () => orderUpdate(order);

function Step({ now, way, page }: { now: FoundPhase } & Pick<UpdatesState, 'way' | 'page'>) {
  if (way === 'by-hand')
    return (
      <p className="help">
        This kind of package cannot replace itself.{' '}
        <a
          href={page ?? undefined}
          target="_blank"
          rel="noreferrer"
          className="inline-flex items-center gap-1"
        >
          Open the download page
          <ArrowUpRight size={12} strokeWidth={2} aria-hidden="true" />
        </a>
      </p>
    );
  if (now.phase === 'downloading') {
    const total = now.update.size ?? 0;
    const figures = `${formatBytes(now.bytes)} of ${formatBytes(total)}`;
    return (
      <div className="flex items-center gap-4">
        <Progress
          label="Downloading the update"
          fraction={total > 0 ? now.bytes / total : 0}
          valueText={figures}
        />
        <span className="num text-fg2 whitespace-nowrap">{figures}</span>
        <Button size="sm" onPress={press('cancel')}>
          Cancel
        </Button>
      </div>
    );
  }
  const help = {
    available: 'It is checked against the makers’ signature before anything is installed.',
    ready: `Gantry closes and opens again; your containers and the virtual machine keep running.${way === 'AppImage' ? '' : ' Your system asks for your password.'}`,
    installing: 'Your system may ask for your password. This window waits for it.',
  }[now.phase];
  return (
    <div className="flex items-center gap-4">
      <p className="help">{help}</p>
      <span className="ml-auto shrink-0">
        {now.phase === 'available' ? (
          <Button variant="primary" onPress={press('download')}>
            Download
          </Button>
        ) : (
          <Button variant="primary" busy={now.phase === 'installing'} onPress={press('restart')}>
            Restart to update
          </Button>
        )}
      </span>
    </div>
  );
}
