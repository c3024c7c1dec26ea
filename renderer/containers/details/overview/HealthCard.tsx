import { Check } from 'lucide-react';
import type { Container, ContainerDetails } from '#contract';
import { StateGlyph } from '#ui/StateGlyph';
import { commandLine } from '../../../ui/commandWords';
import { formatAgo } from '../../../ui/format';
import { Card } from '../Card';

type Health = NonNullable<ContainerDetails['health']>;

function Verdict({ health }: { health: Container['health'] }) {
  if (health === 'healthy') {
    return (
      <span className="flex items-center gap-1.5 text-ok-fg">
        <Check size={14} aria-hidden="true" /> passing
      </span>
    );
  }
  if (health === 'unhealthy') {
    return (
      <span className="flex items-center gap-1.5 text-warn-fg">
        <StateGlyph state="unhealthy" size={12} /> failing
      </span>
    );
  }
  return <span>{health === 'starting' ? 'not decided yet' : 'not checked now'}</span>;
}

/** The engine keeps the last five checks. */
export function HealthCard({ container, health }: { container: Container; health: Health }) {
  const { log, test } = health;
  const failed = log.filter((check) => check.exitCode !== 0).length;
  const last = log.at(-1);
  const [kind, ...words] = test;
  const command = kind === 'CMD-SHELL' || kind === 'CMD' ? words : test;
  return (
    <Card title="Health" term="health" end={<Verdict health={container.health} />}>
      {last && (
        <>
          <div
            className="flex gap-[3px] h-5 items-end"
            role="img"
            aria-label={`Last ${log.length} checks, ${failed} failed`}
          >
            {log.map((check) => (
              <i key={check.at} className={check.exitCode === 0 ? 'check-bar' : 'check-bar failed'} />
            ))}
          </div>
          <div className="flex text-11 text-fg3 mt-1 num">
            <span>{formatAgo(log[0]?.at ?? last.at)}</span>
            <span className="ml-auto">{formatAgo(last.at)}</span>
          </div>
          <p className="text-12 text-fg2 mt-1.5">
            {failed === 0
              ? `The last ${log.length} succeeded.`
              : `${failed} of the last ${log.length} failed.`}
          </p>
        </>
      )}
      {command.length > 0 && <code className="cmdbox block mt-2 wrap-anywhere">{commandLine(command)}</code>}
      {last?.output.trim() && (
        <code className="cmdbox block mt-2 wrap-anywhere max-h-[120px] overflow-auto whitespace-pre-wrap">
          {last.output.trim()}
        </code>
      )}
    </Card>
  );
}
