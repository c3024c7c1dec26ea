import { useQuery } from '@tanstack/react-query';
import { Copy, EyeOff } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { Report } from '#contract';
import { Button } from '#ui/Button';
import { Checkbox } from '#ui/Checkbox';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { Loading } from '#ui/Loading';
import { ProblemBanner } from '#ui/ProblemView';
import { TextField } from '#ui/TextField';
import { api, client } from '../../data/client';
import { problemOf, runAction, showProblem } from '../../data/problems';
import { formatBytes } from '../../ui/format';
import { showToast } from '../../ui/toasts';

/** Left out until the user wants it in: names can say what somebody works on. */
const leftOut = 'containers.txt';

/** The whole report, before it is copied or saved. */
export function ReportDialog({ onClose }: { onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    ...api.diagnostics.report.queryOptions(),
    staleTime: 0,
    gcTime: 0,
  });
  if (data) return <Preview report={data} onClose={onClose} />;
  return (
    <Dialog title="The report is being made" subtitle="The checks run once more for it." onClose={onClose}>
      <div className="p-5">
        {error ? (
          <ProblemBanner
            problem={problemOf(error)}
            onAction={(action) => (action.kind === 'retry' ? void refetch() : void runAction(action))}
          />
        ) : (
          <Loading />
        )}
      </div>
    </Dialog>
  );
}

function Preview({ report, onClose }: { report: Report; onClose: () => void }) {
  const [out, setOut] = useState<ReadonlySet<string>>(new Set([leftOut]));
  const [folder, setFolder] = useState(report.folder);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const files = report.files.filter(({ name }) => !out.has(name));
  const bytes = files.reduce((sum, { text }) => sum + new Blob([text]).size, 0);
  const nothing = files.length === 0 ? 'Choose at least one part' : undefined;

  async function save() {
    if (busy || nothing) return;
    setBusy(true);
    setFailure(null);
    try {
      const names = files.map(({ name }) => name);
      const { path } = await client.diagnostics.saveReport({
        id: report.id,
        files: names,
        folder: folder.trim(),
      });
      showToast({ kind: 'success', title: 'The report is saved', text: path });
      onClose();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(files.map(({ name, text }) => `== ${name}\n${text}`).join('\n'));
      showToast({ kind: 'success', title: 'The report is copied' });
    } catch (error) {
      showProblem(error);
    }
  }

  const toggle = (name: string, wanted: boolean) =>
    setOut((before) => new Set(wanted ? [...before].filter((other) => other !== name) : [...before, name]));

  return (
    <Dialog
      width={920}
      ruled
      title="This is the whole report"
      subtitle={`${formatBytes(bytes)} of text. It stays on this computer until you copy or save it.`}
      onClose={onClose}
      onConfirm={() => void save()}
      footer={
        <>
          <span className="text-12 text-fg3">Nothing is sent by Gantry.</span>
          <DialogButtons>
            <Button disabledReason={nothing} icon={<Copy size={14} />} onPress={() => void copy()}>
              Copy report
            </Button>
            <Button variant="primary" disabledReason={nothing} busy={busy} onPress={() => void save()}>
              Save report
            </Button>
          </DialogButtons>
        </>
      }
    >
      <div className="grid grid-cols-[252px_minmax(0,1fr)] h-[min(500px,calc(100vh-240px))] min-h-0">
        <div className="border-r border-line p-4 overflow-y-auto">
          <h3 className="h2 mb-1.5">Parts</h3>
          <ul className="grid gap-1.5">
            {report.files.map(({ name, title, text }) => (
              <li key={name} className="flex items-center gap-2 min-w-0">
                <Checkbox checked={!out.has(name)} onChange={(wanted) => toggle(name, wanted)}>
                  <span className="truncate">{title}</span>
                </Checkbox>
                <span className="ml-auto text-11 text-fg3 num whitespace-nowrap">
                  {formatBytes(new Blob([text]).size)}
                </span>
              </li>
            ))}
          </ul>
          <BlackedOut hidden={report.hidden} />
          <div className="mt-5 pt-4 border-t border-line grid gap-3">
            <TextField
              label="Save in this folder"
              mono
              value={folder}
              onChange={setFolder}
              help="As one archive, a .tar.gz with these files."
            />
            {failure !== null && (
              <ProblemBanner problem={problemOf(failure)} onAction={(action) => void runAction(action)} />
            )}
          </div>
        </div>
        <section
          aria-label="Text of the report"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="bg-sunken overflow-auto p-5 select-text mono text-12 leading-5 outline-offset-[-2px]"
        >
          {files.map(({ name, text }) => (
            <Fragment key={name}>
              <h4 className="font-strong">{name}</h4>
              <pre className="whitespace-pre-wrap wrap-anywhere mb-4">
                <Marked text={text} />
              </pre>
            </Fragment>
          ))}
        </section>
      </div>
    </Dialog>
  );
}

function BlackedOut({ hidden }: { hidden: Report['hidden'] }) {
  const count = hidden.reduce((sum, entry) => sum + entry.count, 0);
  return (
    <>
      <h3 className="h2 mt-5 mb-1.5 pt-4 border-t border-line">
        Blacked out <span className="font-normal text-fg3 num">{count}</span>
      </h3>
      <ul className="text-12 text-fg2">
        {hidden.map((entry) => (
          <li key={entry.what} className="flex items-center gap-2 h-7">
            <EyeOff size={13} className="text-fg3" aria-hidden="true" />
            {entry.what}
            <span className="ml-auto num text-fg3">{entry.count}</span>
          </li>
        ))}
      </ul>
      <p className="help mt-1.5">Gantry finds what it knows. Read the text before you hand it on.</p>
    </>
  );
}

/** Text whose `‹password›` are bars. */
function Marked({ text }: { text: string }) {
  return text.split(/(‹[a-z -]+›)/).map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text that does not change
      <span key={index} className="rounded-4 bg-fg text-surface px-1.5 py-px text-11 font-medium">
        {piece.slice(1, -1)}
      </span>
    ),
  );
}
