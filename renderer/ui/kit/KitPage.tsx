import { Brush, RotateCcw, Trash2, WrapText } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '../Badge';
import { Button } from '../Button';
import { Checkbox } from '../Checkbox';
import { CodeText } from '../CodeText';
import { ComboBox } from '../ComboBox';
import { ConfirmDialog } from '../ConfirmDialog';
import { onPreview, useCommandStrip } from '../commandStrip';
import { Dialog, DialogButtons } from '../Dialog';
import { IconButton } from '../IconButton';
import { PlayIcon } from '../icons';
import { Kbd } from '../Kbd';
import { Meter } from '../Meter';
import { NumberField } from '../NumberField';
import { PageHeader } from '../PageHeader';
import { RadioGroup } from '../RadioGroup';
import { SearchField } from '../SearchField';
import { SegmentedControl } from '../SegmentedControl';
import { Select } from '../Select';
import { Sparkline } from '../Sparkline';
import { StateLabel, type StateName } from '../StateGlyph';
import { Switch } from '../Switch';
import { Tabs } from '../Tabs';
import { TextField } from '../TextField';
import { showToast } from '../toasts';
import { KitTable } from './KitTable';

const STATES: readonly StateName[] = [
  'running',
  'paused',
  'exited',
  'failed',
  'unhealthy',
  'restarting',
  'created',
  'busy',
];
const TREND = [7, 7.5, 6.5, 6, 4.4, 2.4, 4.8, 3.4, 5.9, 2.9, 5.4, 5.4, 8.3, 5.6, 7.2, 8.6, 9.6, 7.4, 8.6, 11];
const COMMAND = ['docker', 'run', '--detach', '--name', 'web-1', 'nginx:1.29-alpine'];

/** Every part of the kit on one page, in development only: `#/kit`. */
export default function KitPage() {
  const [tab, setTab] = useState<'parts' | 'table'>('parts');
  useCommandStrip({ same: ['docker', 'ps', '--all'] });
  return (
    <>
      <PageHeader title="Kit" summary="every part, for a look in both themes" />
      <Tabs
        label="Kit"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'parts', label: 'Parts' },
          { value: 'table', label: 'Table' },
        ]}
      >
        {tab === 'parts' ? <Parts /> : <KitTable />}
      </Tabs>
    </>
  );
}

function Parts() {
  return (
    <div className="p-6 grid grid-cols-3 gap-4 content-start overflow-auto">
      <section className="card p-4">
        <h2 className="h2 mb-3">States</h2>
        <div className="grid grid-cols-2 gap-y-2">
          {STATES.map((state) => (
            <StateLabel key={state} state={state} word={state} />
          ))}
        </div>
        <div className="flex gap-1.5 mt-3 flex-wrap">
          {(['ok', 'info', 'line', 'warn', 'danger', 'accent', 'plain'] as const).map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
        </div>
      </section>
      <Buttons />
      <Fields />
      <section className="card p-4">
        <h2 className="h2 mb-3">Meters</h2>
        <div className="grid gap-2.5">
          {[0.39, 0.86, 0.98].map((fraction) => (
            <div key={fraction} className="flex items-center gap-3">
              <Meter label="Level" fraction={fraction} valueText={`${fraction * 100}%`} ticks={32} />
              <span className="num text-12 w-9 text-right">{fraction * 100}%</span>
            </div>
          ))}
          <div className="flex gap-3">
            <Sparkline values={TREND} floor={5} />
            <Sparkline values={TREND} floor={50} color="var(--g-data-3)" />
            <Sparkline values={[]} floor={5} />
          </div>
        </div>
        <div className="flex gap-1.5 mt-3">
          <Kbd keys="Ctrl K" />
          <Kbd keys="Del" />
        </div>
        <div className="cmdbox mt-3 !py-1.5">
          <CodeText argv={COMMAND} />
        </div>
      </section>
      <Choices />
      <Floating />
    </div>
  );
}

function Buttons() {
  const preview = { label: 'Run', argv: COMMAND };
  return (
    <section className="card p-4">
      <h2 className="h2 mb-3">Buttons</h2>
      <div className="flex gap-2 flex-wrap items-center">
        <Button variant="primary" icon={<PlayIcon />} preview={preview}>
          Run
        </Button>
        <Button icon={<RotateCcw size={15} />}>Restart</Button>
        <Button variant="quiet" icon={<Brush size={15} />}>
          Clean up…
        </Button>
        <Button variant="danger" icon={<Trash2 size={15} />}>
          Delete 3
        </Button>
        <Button disabledReason="The engine is off">Disabled</Button>
        <Button busy>Stopping…</Button>
        <Button size="sm">Small</Button>
        <Button size="lg">Large</Button>
        <IconButton aria-label="Wrap lines" pressed>
          <WrapText size={16} />
        </IconButton>
        <Button variant="link">A link</Button>
        <span {...onPreview(preview)}>Preview</span>
      </div>
    </section>
  );
}

function Fields() {
  const [text, setText] = useState('storefront');
  const [filter, setFilter] = useState('');
  const [port, setPort] = useState<number | null>(8080);
  const [network, setNetwork] = useState('bridge');
  const [path, setPath] = useState('');
  const options = ['bridge', 'host', 'none'].map((value) => ({ value, label: value }));
  return (
    <section className="card p-4 grid gap-2.5 content-start">
      <h2 className="h2">Fields</h2>
      <SearchField
        label="Filter by name or image"
        value={filter}
        onChange={setFilter}
        shortcut="/"
        className=""
      />
      <TextField label="Name" layout="left" value={text} onChange={setText} end="free to use" />
      <TextField
        label="Name again"
        layout="left"
        source="needed"
        value={text}
        onChange={setText}
        error="Only letters"
      />
      <NumberField
        label="Port"
        layout="left"
        source="from the image"
        value={port}
        onChange={setPort}
        lead="This computer"
        warning="Port 8080 is used by web-1."
      />
      <TextField
        label="Password"
        layout="left"
        secret
        value={text}
        onChange={setText}
        help="It will not start without one."
      />
      <Select label="Network" layout="left" value={network} onChange={setNetwork} options={options} />
      <ComboBox label="Folder" layout="left" value={path} onChange={setPath} options={options} />
    </section>
  );
}

function Choices() {
  const [on, setOn] = useState(true);
  const [segment, setSegment] = useState('all');
  return (
    <section className="card p-4 grid gap-3 content-start justify-items-start">
      <h2 className="h2">Choices</h2>
      <div className="flex gap-4">
        <Checkbox checked={on} onChange={setOn}>
          On
        </Checkbox>
        <Checkbox checked={false} mixed onChange={setOn}>
          Mixed
        </Checkbox>
        <Switch on={on} onChange={setOn}>
          Switch
        </Switch>
      </div>
      <SegmentedControl
        label="State"
        value={segment}
        onChange={setSegment}
        segments={[
          { value: 'all', label: 'All', count: 10 },
          { value: 'running', label: 'Running', count: 5 },
        ]}
      />
      <RadioGroup
        label="Way out"
        cards
        value={segment}
        onChange={setSegment}
        options={[
          {
            value: 'all',
            label: 'Use port 8081',
            help: 'It is free.',
            end: <Badge tone="accent">Suggested</Badge>,
          },
          { value: 'running', label: 'Leave it for now', help: 'It stays as Created.' },
        ]}
      />
    </section>
  );
}

function Floating() {
  const [open, setOpen] = useState<'form' | 'confirm' | null>(null);
  const close = () => setOpen(null);
  return (
    <section className="card p-4 flex flex-wrap gap-2 content-start">
      <h2 className="h2 w-full">Floating</h2>
      <Button onPress={() => setOpen('form')}>Form…</Button>
      <Button onPress={() => setOpen('confirm')}>Confirm…</Button>
      <Button onPress={() => showToast({ kind: 'success', title: 'import-job deleted', undo: () => {} })}>
        Toast
      </Button>
      <Button
        onPress={() =>
          showToast({
            kind: 'error',
            title: 'Port 8080 is already used by container web-1',
            text: 'shop-preview was created but could not start. Two programs cannot share one port.',
            actions: [
              { label: 'Use 8081', primary: true, onPress: () => {} },
              { label: 'Stop web-1', onPress: () => {} },
              { label: 'Details', onPress: () => {} },
            ],
          })
        }
      >
        Error
      </Button>
      {open === 'form' && (
        <Dialog
          title="Run postgres"
          subtitle="Tag 18, 158 MB, already on this computer"
          width={920}
          onClose={close}
          onConfirm={close}
          side={<CodeText argv={COMMAND} className="cmd leading-[23px] wrap-anywhere" />}
          footer={
            <DialogButtons>
              <Button onPress={close}>Cancel</Button>
              <Button
                variant="primary"
                icon={<PlayIcon />}
                shortcut="Ctrl Enter"
                showShortcut
                onPress={close}
              >
                Run
              </Button>
            </DialogButtons>
          }
        >
          <div className="p-5">
            <Fields />
          </div>
        </Dialog>
      )}
      {open === 'confirm' && (
        <ConfirmDialog
          title="Delete 3 containers?"
          explanation="Files written inside them are lost. Their images and named volumes stay."
          confirmLabel="Delete 3"
          confirmIcon={<Trash2 size={15} />}
          note="You can undo this for 8 seconds"
          argv={['docker', 'rm', '--force', 'docs-preview', 'import-job', 'mailpit']}
          onConfirm={close}
          onClose={close}
        />
      )}
    </section>
  );
}
