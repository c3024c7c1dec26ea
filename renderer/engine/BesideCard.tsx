import { Button } from '#ui/Button';
import { plural } from '#ui/format';
import { StateGlyph } from '#ui/StateGlyph';
import { useBeside } from '../data/beside';
import { useEngineChoice } from './choice';

/** The engine that is connected beside the shown one, and the way to it. Nothing while there is none. */
export function BesideCard() {
  const beside = useBeside();
  const { showBeside } = useEngineChoice();
  if (!beside) return null;
  const { endpoint, running, containers } = beside;
  return (
    <section className="card flex items-center gap-3 px-4 py-2.5 min-w-0" aria-label="The other engine">
      <StateGlyph state="running" />
      <p className="min-w-0 truncate">
        <bdi className="font-strong">{endpoint.label}</bdi> is connected too
        <span className="text-fg2">
          {containers === 0
            ? ', and has no containers'
            : `: ${plural(containers, 'container')}, ${running} running`}
        </span>
      </p>
      <span className="ml-auto shrink-0">
        <Button size="sm" onPress={() => void showBeside(beside)}>
          Show {endpoint.label}
        </Button>
      </span>
    </section>
  );
}
