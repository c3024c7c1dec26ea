import { SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '#contract/problem';
import { Button } from '#ui/Button';
import { EngineWords, ProblemActions } from '#ui/ProblemView';
import { TextField } from '#ui/TextField';
import { runAction, withoutForm } from '../../../data/problems';

/** No terminal could be opened: why, and what else could be run. */
export function NoShell({
  problem,
  name,
  busy,
  onTry,
}: {
  problem: Problem;
  name: string;
  busy: boolean;
  onTry: (program: string) => void;
}) {
  const [program, setProgram] = useState('');
  return (
    <div className="flex-1 min-h-0 grid place-items-center px-6 bg-sunken overflow-y-auto">
      <div className="w-[min(620px,100%)] py-6" role="alert" aria-label={problem.title}>
        <div className="flex gap-4">
          <span className="mg !w-10 !h-10 !bg-surface">
            <SquareTerminal size={18} aria-hidden="true" />
          </span>
          <div className="min-w-0">
            <h2 className="text-16 font-strong wrap-anywhere">{problem.title}</h2>
            <p className="text-fg2 mt-0.5 wrap-anywhere">{problem.explanation}</p>
            <EngineWords problem={problem} />
          </div>
        </div>
        <section className="card mt-5 p-4">
          <h3 className="h2">Run another program in {name}</h3>
          <p className="text-12 text-fg2 mt-1">
            Any program of the image that reads what is typed will do, for example an interpreter or a
            database’s own shell. Its log and its figures are on the other tabs.
          </p>
          <form
            className="flex items-end gap-2 mt-3"
            onSubmit={(event) => {
              event.preventDefault();
              if (program.trim() !== '') onTry(program.trim());
            }}
          >
            <TextField
              label="Path of the program"
              value={program}
              onChange={setProgram}
              mono
              placeholder="/usr/bin/python3"
              className="flex-1"
            />
            <Button
              type="submit"
              variant="primary"
              busy={busy}
              disabledReason={program.trim() === '' ? 'A path is needed' : undefined}
            >
              Run it
            </Button>
          </form>
          <div className="mt-3">
            <ProblemActions problem={withoutForm(problem)} onAction={runAction} size="sm" />
          </div>
        </section>
      </div>
    </div>
  );
}
