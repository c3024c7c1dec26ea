import { X } from 'lucide-react';
import { IconButton } from '#ui/IconButton';
import { Progress } from '#ui/Meter';
import { Spinner } from '#ui/StateGlyph';
import { client } from '../data/client';
import { showProblem } from '../data/problems';
import { useTasks } from '../data/tasks';
import { fractionOf, progressLine } from '../tasks/words';

/** The pull of this image that is under way, whoever started it. */
export function usePullOf(reference: string) {
  return useTasks().findLast(
    ({ kind, status, subject }) => kind === 'pull' && status === 'running' && subject.includes(reference),
  );
}

/** A pull's progress in place, with the way to cancel it. */
export function PullProgress({ reference }: { reference: string }) {
  const task = usePullOf(reference);
  if (!task) return null;
  const fraction = fractionOf(task.progress);
  const line = progressLine(task);
  return (
    <section
      aria-label={`Pull of ${reference}`}
      className="rounded-7 bg-sunken px-3 py-2 flex items-center gap-3"
    >
      {fraction === null ? (
        <Spinner size={15} />
      ) : (
        <span className="w-[38%] flex">
          <Progress label={`Pulling ${reference}`} fraction={fraction} valueText={line} ticks={32} />
        </span>
      )}
      <span className="text-12 text-fg2 num truncate flex-1 min-w-0">{line}</span>
      <IconButton
        size="sm"
        aria-label={`Cancel the pull of ${reference}`}
        tooltip="Cancel"
        onPress={() => void client.tasks.cancel({ taskId: task.id }).catch(showProblem)}
      >
        <X size={14} />
      </IconButton>
    </section>
  );
}
