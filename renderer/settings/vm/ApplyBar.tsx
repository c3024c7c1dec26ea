import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#ui/Button';
import { StateGlyph } from '#ui/StateGlyph';
import { client } from '../../data/client';
import { showProblem } from '../../data/problems';
import { useVm } from '../../data/vm';
import { useUpInVm } from '../../engine/vmContainers';
import { useKeepSettings } from '../useSettings';
import { appliedLater, applyWords } from './changes';
import { setTried, useVmSettings } from './draft';
import { wrongCount } from './wrong';

/** What waits to be applied, what that costs, and the two ways out. Nothing while nothing waits. */
export function ApplyBar() {
  const { kept, changes, discard } = useVmSettings();
  const keep = useKeepSettings();
  const vm = useVm();
  const up = useUpInVm();
  const [busy, setBusy] = useState(false);
  if (!kept) return null;
  const changed = Object.keys(changes).length > 0;
  const waiting = changed ? changes : vm?.status === 'running' ? appliedLater(kept, vm.resources) : {};
  if (Object.keys(waiting).length === 0) return null;
  const words = applyWords(waiting, { vm, up: up?.length ?? null });
  const wrong = wrongCount(changes);

  async function apply() {
    if (!kept) return;
    if (wrong > 0) {
      setTried();
      // After the next drawing, which marks what is wrong.
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    try {
      if (changed) await keep({ vm: { ...kept, ...changes } });
      discard();
      if (words.restarts) await client.vm.restart();
    } catch (error) {
      showProblem(error);
    } finally {
      setBusy(false);
    }
  }

  const verb = !changed ? 'Restart' : words.restarts ? 'Apply and restart' : 'Apply';
  return (
    <section
      aria-label="Changes"
      className="flex items-center gap-3 px-7 min-h-[60px] py-2 border-t border-line bg-surface shrink-0"
    >
      {words.restarts ? (
        <StateGlyph state="unhealthy" size={16} />
      ) : (
        <Pencil size={15} className="text-accent-fg shrink-0" aria-hidden="true" />
      )}
      <span className="min-w-0" role="status">
        <b className="font-strong">{words.title}</b> <span className="text-fg2">{words.text}</span>
      </span>
      <span className="ml-auto flex gap-2 shrink-0">
        {changed && <Button onPress={discard}>Discard</Button>}
        <Button variant="primary" busy={busy} onPress={() => void apply()}>
          {wrong > 0 ? `${wrong} ${wrong === 1 ? 'thing' : 'things'} to fix` : verb}
        </Button>
      </span>
    </section>
  );
}
