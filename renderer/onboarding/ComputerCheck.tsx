import { Check, RotateCw } from 'lucide-react';
import type { CheckId, Finding } from '#contract';
import { Button } from '#ui/Button';
import { CommandToCopy } from '#ui/CommandToCopy';
import { StateGlyph } from '#ui/StateGlyph';
import { useChecks } from '../settings/troubleshoot/useChecks';
import { OWN } from './EngineChoice';
import { useOnboarding } from './useOnboarding';

/** What matters for Gantry's own engine, and for one that is there already. */
const forOwn: readonly CheckId[] = ['virtualisation', 'qemu', 'memory', 'disk'];
const forFound: readonly CheckId[] = ['engine', 'permission', 'versions', 'disk'];

/** Whether this computer is ready for the engine, each obstacle with the button that removes it. */
export function ComputerCheck({ engine, onAgain }: { engine: string; onAgain: () => void }) {
  const { act } = useOnboarding();
  const { found, running, again, repair, repairing } = useChecks(true);
  const findings = (engine === OWN ? forOwn : forFound)
    .flatMap((id) => found.get(id) ?? [])
    .filter(({ result }) => result !== 'skipped');
  function fixBy({ id, fix }: Finding) {
    if (fix?.kind === 'open') act(fix);
    else if (fix) void repair(id, fix);
  }
  return (
    <section className="card px-4 pb-1 mt-4" aria-labelledby="this-computer">
      <div className="flex items-center h-11">
        <h2 className="h2" id="this-computer">
          This computer
        </h2>
        <span className="ml-auto">
          <Button
            size="sm"
            variant="quiet"
            icon={<RotateCw size={13} />}
            busy={running}
            onPress={() => {
              again();
              onAgain();
            }}
          >
            Check again
          </Button>
        </span>
      </div>
      <ul className="divide-y divide-line border-t border-line empty:hidden">
        {findings.map((finding) => (
          <Row
            key={finding.id}
            finding={finding}
            busy={repairing === finding.id}
            onFix={() => fixBy(finding)}
          />
        ))}
      </ul>
    </section>
  );
}

function Row({
  finding: { result, title, fact, explanation, fix },
  busy,
  onFix,
}: {
  finding: Finding;
  busy: boolean;
  onFix: () => void;
}) {
  const fine = result === 'ok';
  // Another engine is chosen on this page.
  const leavesForEngines = fix?.kind === 'open' && fix.target === 'engine';
  return (
    <li className="flex items-start gap-3 py-2">
      <span className="grid place-items-center size-5 shrink-0">
        {fine ? (
          <Check size={15} className="text-ok-fg" aria-label="Fine" />
        ) : (
          <StateGlyph state={result === 'failed' ? 'failed' : 'unhealthy'} />
        )}
      </span>
      <span className="min-w-0 flex-1">
        <span className="font-medium">{fine ? title : fact}</span>
        {!fine && <span className="block help wrap-anywhere">{explanation}</span>}
        <CommandToCopy actions={fix ? [fix] : []} />
      </span>
      {fine ? (
        <span className="text-12 text-fg3">{fact}</span>
      ) : (
        fix &&
        !leavesForEngines && (
          <Button size="sm" busy={busy} onPress={onFix}>
            {fix.label}
          </Button>
        )
      )}
    </li>
  );
}
