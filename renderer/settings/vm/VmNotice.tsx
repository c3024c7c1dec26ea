import type { VmHost } from '#contract';
import { Button } from '#ui/Button';
import { ProblemBanner } from '#ui/ProblemView';
import { StateGlyph } from '#ui/StateGlyph';
import { runAction } from '../../data/problems';
import { useEngineChoice } from '../../engine/choice';
import { navigate } from '../../shell/router';

/** Why the VM cannot run here, or that another engine is in use; nothing while these settings count. */
export function VmNotice({ host }: { host: VmHost | undefined }) {
  const { choice } = useEngineChoice();
  if (host?.problem) {
    return (
      <div className="mb-4">
        <ProblemBanner problem={host.problem} tone="warn" onAction={(action) => void runAction(action)} />
      </div>
    );
  }
  if (choice !== 'found') return null;
  return (
    <div className="card flex items-center gap-3 px-4 py-2.5 mb-4">
      <StateGlyph state="exited" />
      <span className="text-fg2 min-w-0">
        These settings are for Gantry’s own virtual machine. Another engine is in use now.
      </span>
      <span className="ml-auto shrink-0">
        <Button size="sm" onPress={() => navigate({ page: 'settings', section: 'engine' })}>
          Choose the engine
        </Button>
      </span>
    </div>
  );
}
