import { Check, ClipboardList, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { Finding } from '#contract';
import { Button } from '#ui/Button';
import { CommandToCopy } from '#ui/CommandToCopy';
import { Fold } from '#ui/Fold';
import { ProblemBanner } from '#ui/ProblemView';
import { StateGlyph, StateLabel } from '#ui/StateGlyph';
import { tip } from '#ui/tip';
import { plural } from '../../ui/format';
import { SectionHead } from '../parts';
import { Spot } from '../Spot';
import { settingOf } from '../table';
import { Crashes } from './Crashes';
import { LastResort } from './LastResort';
import { OwnLog } from './OwnLog';
import { ReportDialog } from './ReportDialog';
import { sorted, useChecks } from './useChecks';

/** Help that fixes: what is wrong, each with its repair, a report for somebody else, and the way to begin anew. */
export function TroubleshootSection() {
  const checks = useChecks();
  const [reporting, setReporting] = useState(false);
  const { wrong, fine, skipped } = sorted(checks.names.flatMap(({ id }) => checks.found.get(id) ?? []));
  const left = checks.names.length - checks.found.size;
  const about = checks.running
    ? left > 0
      ? `${checks.found.size} of ${checks.names.length} checks have ended`
      : 'checking again'
    : `checked just now, ${fine.length} of ${checks.names.length} are fine`;
  return (
    <>
      <SectionHead title="Troubleshoot" about={about} />
      <div className="grid gap-3">
        {checks.problem && <ProblemBanner problem={checks.problem} onAction={() => checks.again()} />}
        <section className="card px-4 py-0.5" aria-labelledby="to-fix">
          <div className="flex items-center gap-3 h-11">
            <h3 className="h2" id="to-fix">
              {wrong.length > 0 ? `${plural(wrong.length, 'thing')} to fix` : 'Nothing to fix'}
            </h3>
            <span className="ml-auto">
              <Button
                size="sm"
                icon={<RotateCw size={13} />}
                busy={checks.running}
                onPress={() => checks.again()}
              >
                Check again
              </Button>
            </span>
          </div>
          {wrong.length > 0 && (
            <ol className="divide-y divide-line border-t border-line" aria-label="Things to fix">
              {wrong.map((finding, index) => (
                <WrongRow
                  key={finding.id}
                  finding={finding}
                  primary={index === 0}
                  busy={checks.repairing === finding.id}
                  onFix={() => finding.fix && void checks.repair(finding.id, finding.fix)}
                />
              ))}
            </ol>
          )}
        </section>
        <Crashes />
        {fine.length > 0 && (
          <section className="card px-4 py-1" aria-labelledby="fine">
            <div className="flex items-center gap-3 h-11">
              <h3 className="h2" id="fine">
                Fine
              </h3>
              <span className="text-fg3">{fine.length}</span>
            </div>
            <ul className="grid grid-cols-3 max-[1160px]:grid-cols-2 gap-x-6 border-t border-line py-1">
              {fine.map(({ id, title, fact, explanation }) => (
                <li key={id} className="flex items-center gap-2.5 h-8 min-w-0">
                  <Check size={15} className="text-ok-fg shrink-0" aria-label="Fine" />
                  <span className="font-medium whitespace-nowrap">{title}</span>
                  <span
                    className="ml-auto text-12 text-fg3 truncate"
                    {...tip(explanation ? `${fact}. ${explanation}` : fact)}
                  >
                    {fact}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {skipped.length > 0 && (
          <section className="card px-4 py-2" aria-label="Not looked at">
            <Fold title="Not looked at" note={skipped.length}>
              <ul className="mt-1">
                {skipped.map(({ id, title, fact, explanation }) => (
                  <li key={id} className="py-1">
                    <StateLabel state="exited" word={`${title}: ${fact}`} />
                    <p className="help pl-6">{explanation}</p>
                  </li>
                ))}
              </ul>
            </Fold>
          </section>
        )}
        <AskHub onAsk={() => checks.again(true)} busy={checks.running} />
        <section className="card" aria-labelledby="report">
          <Spot setting="report" className="px-5 py-2.5 flex items-center gap-4">
            <ClipboardList size={18} className="text-fg3 shrink-0" aria-hidden="true" />
            <div className="min-w-0">
              <h3 className="font-medium" id="report">
                {settingOf('report').title}
              </h3>
              <p className="help">{settingOf('report').help}</p>
            </div>
            <span className="ml-auto shrink-0">
              <Button onPress={() => setReporting(true)}>Preview the report</Button>
            </span>
          </Spot>
        </section>
        <OwnLog />
        <LastResort onForgotten={() => checks.again()} />
      </div>
      {reporting && <ReportDialog onClose={() => setReporting(false)} />}
    </>
  );
}

function WrongRow({
  finding: { result, title, fact, explanation, fix },
  primary,
  busy,
  onFix,
}: {
  finding: Finding;
  primary: boolean;
  busy: boolean;
  onFix: () => void;
}) {
  return (
    <li className="flex items-start gap-3 py-[9px]">
      <span className="grid place-items-center w-5 h-5 mt-px shrink-0">
        <StateGlyph state={result === 'failed' ? 'failed' : 'unhealthy'} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="font-strong wrap-anywhere">
          <span className="sr-only">
            {result === 'failed' ? `${title} failed: ` : `${title}, a warning: `}
          </span>
          {fact}
        </div>
        <p className="help wrap-anywhere">{explanation}</p>
        <CommandToCopy actions={fix ? [fix] : []} />
      </div>
      {fix && (
        <Button size="sm" variant={primary ? 'primary' : 'plain'} busy={busy} onPress={onFix}>
          {fix.label}
        </Button>
      )}
    </li>
  );
}

function AskHub({ onAsk, busy }: { onAsk: () => void; busy: boolean }) {
  return (
    <section className="card px-5 py-2.5 flex items-center gap-4" aria-label="The way to Docker Hub">
      <div className="min-w-0">
        <div className="font-medium">Do pulls fail?</div>
        <p className="help">
          Gantry asks Docker Hub, where most images come from, whether it answers. It sees your address then.
        </p>
      </div>
      <span className="ml-auto shrink-0">
        <Button size="sm" busy={busy} onPress={onAsk}>
          Ask Docker Hub
        </Button>
      </span>
    </section>
  );
}
