import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import type { Problem, ProblemAction, RunFinding, RunProposal, RunSpec } from '#contract';
import { Button } from '#ui/Button';
import { Checkbox } from '#ui/Checkbox';
import { Dialog, DialogButtons } from '#ui/Dialog';
import { EngineMark } from '#ui/EngineMark';
import { PlayIcon } from '#ui/icons';
import { Monogram } from '#ui/Monogram';
import { ProblemBanner } from '#ui/ProblemView';
import { StateGlyph } from '#ui/StateGlyph';
import { client } from '../data/client';
import { showProblem } from '../data/problems';
import { useTask } from '../data/tasks';
import { classes } from '../ui/classes';
import { formatBytes, plural } from '../ui/format';
import { AdvancedFields } from './fields/AdvancedFields';
import { Findings } from './fields/Findings';
import { SimpleFields } from './fields/SimpleFields';
import { changedCount, emptyRun, isAdvanced, resetAdvanced } from './form/advanced';
import { focusField } from './form/focusField';
import { RunFormContext, useRunForm, useRunFormState } from './form/useRunForm';
import { PasteLine, type ReadLine } from './PasteLine';
import { RunPreview } from './RunPreview';
import { RunProgress } from './RunProgress';
import { useRunning } from './useRunning';

export interface RunStart {
  spec: RunSpec;
  proposal: RunProposal | null;
  /** Why it failed the last time. */
  problem: Problem | null;
  /** What was left out of a line that was pasted, and what should be known about it. */
  read: Pick<ReadLine, 'ignored' | 'notes'> | null;
}

interface RunFormProps {
  start: RunStart;
  onRead: (read: ReadLine) => void;
  onOtherImage: () => void;
  onClose: () => void;
}

/** The form of a run, its preview, and its progress once it was started. */
export function RunForm({ start, onRead, onOtherImage, onClose }: RunFormProps) {
  const form = useRunFormState(start);
  const { spec, problems } = form;
  const body = useRef<HTMLDivElement>(null);
  const [advanced, setAdvanced] = useState(
    () => changedCount(spec, start.proposal?.spec ?? emptyRun(spec.image), start.proposal) > 0,
  );
  const [pasting, setPasting] = useState(false);
  const [openLogs, setOpenLogs] = useState(false);
  const logs = useRef(openLogs);
  logs.current = openLogs;
  const running = useRunning(start.problem);
  const task = useTask(running.taskId);

  function show(finding: RunFinding) {
    if (isAdvanced(finding.field, spec, start.proposal)) setAdvanced(true);
    // The advanced part is there after this event only.
    requestAnimationFrame(() => focusField(body.current, finding.field));
  }

  /** @param at when it shall begin; a run that was changed since it failed begins at once */
  async function run(wanted = spec, at?: number) {
    const { failed } = running;
    await running.begin(async () => {
      const wrong = (await form.checkAll(wanted)).find(({ level }) => level === 'problem');
      if (wrong) {
        show(wrong);
        return null;
      }
      const { taskId } =
        at !== undefined && failed?.spec === wanted
          ? await client.tasks.retry({ taskId: failed.taskId, at })
          : await client.run.start(wanted);
      return { taskId, spec: wanted, openLogs: () => logs.current, onDone: onClose };
    });
  }

  /** A fix of a run that failed; where nothing is left to enter, it runs again at once. */
  function repair(action: ProblemAction) {
    running.forget();
    if (action.kind === 'retry') void run(spec, action.at);
    else if (action.kind === 'change' && action.again) void run(form.change(action) ?? spec);
    else form.fix(action);
  }

  const isRunning = running.taskId !== null;
  const [firstProblem] = problems;
  return (
    <RunFormContext value={form}>
      <Dialog
        title={`Run ${spec.image}`}
        subtitle={
          <ImageFacts proposal={start.proposal}>
            {!isRunning && (
              <>
                <TextButton onPress={onOtherImage}>Other image</TextButton>
                <TextButton onPress={() => setPasting(true)}>Paste a docker run line</TextButton>
              </>
            )}
          </ImageFacts>
        }
        icon={<Monogram name={spec.image} size={34} />}
        mark={<EngineMark />}
        width={920}
        onClose={onClose}
        onConfirm={() => void run()}
        side={<RunPreview />}
        footer={
          <>
            <Checkbox checked={openLogs} onChange={setOpenLogs}>
              Open the logs when it starts
            </Checkbox>
            <DialogButtons>
              {isRunning ? (
                <>
                  <Button
                    onPress={() =>
                      void client.tasks.cancel({ taskId: running.taskId ?? '' }).catch(showProblem)
                    }
                  >
                    Cancel the run
                  </Button>
                  <Button key="background" variant="primary" autoFocus onPress={onClose}>
                    Continue in background
                  </Button>
                </>
              ) : (
                <>
                  {firstProblem && (
                    <Button
                      variant="quiet"
                      className="!text-warn-fg"
                      icon={<StateGlyph state="unhealthy" />}
                      onPress={() => show(firstProblem)}
                    >
                      {plural(problems.length, 'thing')} to fix
                    </Button>
                  )}
                  <Button onPress={onClose}>Cancel</Button>
                  <Button
                    variant="primary"
                    icon={<PlayIcon size={14} />}
                    shortcut="Ctrl Enter"
                    showShortcut
                    busy={running.asking}
                    onPress={() => void run()}
                  >
                    Run
                  </Button>
                </>
              )}
            </DialogButtons>
          </>
        }
      >
        <div ref={body} className="p-5 grid grid-cols-1 gap-[18px]">
          {isRunning && task ? (
            <RunProgress task={task} />
          ) : (
            <>
              {running.problem && <ProblemBanner problem={running.problem} onAction={repair} />}
              {pasting && <PasteLine onRead={onRead} onCancel={() => setPasting(false)} />}
              {!pasting && start.read && <ReadNotes read={start.read} />}
              <Findings field="image" />
              <SimpleFields />
              <AdvancedPart open={advanced} onToggle={() => setAdvanced(!advanced)} />
            </>
          )}
        </div>
      </Dialog>
    </RunFormContext>
  );
}

/** Where the image stands, and ways to another run. */
function ImageFacts({ proposal, children }: { proposal: RunProposal | null; children: ReactNode }) {
  const size = proposal?.sizeBytes ? `${formatBytes(proposal.sizeBytes)}, ` : '';
  return (
    <span className="flex items-center flex-wrap gap-x-3">
      {proposal && (proposal.local ? `${size}already on this computer` : 'Will be downloaded first')}
      {children}
    </span>
  );
}

function TextButton({
  onPress,
  className,
  children,
}: {
  onPress: () => void;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Button variant="link" className={classes('text-12', className)} onPress={onPress}>
      {children}
    </Button>
  );
}

/** What became of a pasted line. */
function ReadNotes({ read }: { read: NonNullable<RunStart['read']> }) {
  return (
    <section aria-label="From the line" className="rounded-7 bg-sunken px-3 py-2 text-12 text-fg2 grid gap-1">
      <span className="font-medium text-fg">Filled from the line you pasted.</span>
      {read.ignored.length > 0 && (
        <span>
          Left out, because there is no field for it:{' '}
          {read.ignored.map((part) => (
            <code key={part} className="mono bg-surface rounded-4 px-1 mr-1 wrap-anywhere">
              {part}
            </code>
          ))}
        </span>
      )}
      {read.notes.map((note) => (
        <span key={note} className="wrap-anywhere">
          {note}
        </span>
      ))}
    </section>
  );
}

function AdvancedPart({ open, onToggle }: { open: boolean; onToggle: () => void }) {
  const { spec, proposal, set } = useRunForm();
  const id = useId();
  const usual = proposal?.spec ?? emptyRun(spec.image);
  const count = changedCount(spec, usual, proposal);
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <section className="border-t border-line pt-3.5">
      <div className="flex items-center gap-2 mb-2">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          aria-label="Advanced"
          className="flex items-center gap-2 rounded-4 font-strong"
          onClick={onToggle}
        >
          <Chevron size={15} aria-hidden="true" />
          Advanced
        </button>
        <span className="text-12 text-fg3 truncate">
          {count > 0
            ? `${count} changed from the defaults`
            : 'variables, folders, limits, network, labels, command'}
        </span>
        {count > 0 && (
          <TextButton className="ml-auto" onPress={() => set(resetAdvanced(spec, usual, proposal))}>
            Reset
          </TextButton>
        )}
      </div>
      <div id={id} hidden={!open}>
        {open && <AdvancedFields />}
      </div>
    </section>
  );
}
