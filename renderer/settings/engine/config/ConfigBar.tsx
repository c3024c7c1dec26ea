import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#ui/Button';
import { StateGlyph } from '#ui/StateGlyph';
import { api, client } from '../../../data/client';
import { problemOf } from '../../../data/problems';
import { useVm } from '../../../data/vm';
import { useUpInVm } from '../../../engine/vmContainers';
import { plural } from '../../../ui/format';
import { discard, setProblem, useEngineConfig } from './draft';

/** What applying the typed daemon.json costs, and the two ways out. Nothing while nothing was typed. */
export function ConfigBar() {
  const { text, changed, errors } = useEngineConfig();
  const queries = useQueryClient();
  const vm = useVm();
  const up = useUpInVm();
  const [busy, setBusy] = useState(false);
  if (!changed) return null;
  const on = vm?.status === 'running' || vm?.status === 'suspended';

  async function apply() {
    setBusy(true);
    setProblem(null);
    try {
      await client.vm.configureEngine({ text });
      await queries.invalidateQueries({ queryKey: api.app.settings.queryKey() });
      discard();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <section
      aria-label="Changes of daemon.json"
      className="flex items-center gap-3 px-7 min-h-[60px] py-2 border-t border-line bg-surface shrink-0"
    >
      <StateGlyph state={on ? 'unhealthy' : 'exited'} size={16} />
      <span className="min-w-0" role="status">
        <b className="font-strong">{titleOf(busy, on)}</b>{' '}
        {on && <span className="text-fg2">{stopWords(up?.length ?? null)}</span>}
      </span>
      <span className="ml-auto flex gap-2 shrink-0">
        {!busy && <Button onPress={discard}>Discard</Button>}
        <Button
          variant="primary"
          busy={busy}
          disabledReason={errors > 0 ? 'Correct what is marked in the file first' : undefined}
          onPress={() => void apply()}
        >
          {errors > 0
            ? `${errors} ${errors === 1 ? 'thing' : 'things'} to fix`
            : on
              ? 'Apply and restart'
              : 'Apply'}
        </Button>
      </span>
    </section>
  );
}

function titleOf(busy: boolean, on: boolean): string {
  if (busy && on) return 'The engine starts again with the new file.';
  return on ? 'The engine must restart.' : 'The engine uses it from its next start.';
}

/** @param up how many containers are up in the VM; null when that is not known */
function stopWords(up: number | null): string {
  if (up === 0) return 'No container is running.';
  const who = up === null ? 'Containers stop' : `${plural(up, 'container')} ${up === 1 ? 'stops' : 'stop'}`;
  return `${who}; those with a restart policy start again by themselves. The virtual machine goes on.`;
}
