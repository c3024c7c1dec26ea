import { Compass } from 'lucide-react';
import { Button } from '#ui/Button';
import { EmptyState } from '#ui/EmptyState';
import { GantryDrawing } from '#ui/GantryDrawing';
import { PlayIcon } from '#ui/icons';
import { Monogram } from '#ui/Monogram';
import { useBeside } from '../../data/beside';
import { useEngineChoice } from '../../engine/choice';
import { type FirstImage, useGoodFirst } from '../../run/goodFirst';
import { openRun } from '../../run/store';
import { navigate } from '../../shell/router';
import { useCommandStrip } from '../../ui/commandStrip';

/** There is not one container on this engine. */
export function NoContainers() {
  useCommandStrip({ same: ['docker', 'run', '--rm', 'hello-world'], lead: 'Or in a terminal' });
  const entries = useGoodFirst(3);
  const beside = useBeside();
  const { showBeside } = useEngineChoice();
  const other = beside && beside.containers > 0 ? beside : null;
  return (
    <EmptyState
      picture={<GantryDrawing />}
      title="No containers yet"
      text="A container is a program with everything it needs, running apart from the rest of your computer. Pick one to try: you can delete it with one click."
      actions={
        <>
          <Button
            variant="primary"
            icon={<Compass size={15} />}
            onPress={() => navigate({ page: 'discover' })}
          >
            Find an image
          </Button>
          {other && (
            <Button onPress={() => void showBeside(other)}>
              Show the {other.containers} in {other.endpoint.label}
            </Button>
          )}
        </>
      }
    >
      {entries.length > 0 && (
        <>
          <h3 className="h2 mb-2.5">Good first containers</h3>
          <ul className="grid grid-cols-3 gap-3">
            {entries.map((entry) => (
              <GoodFirst key={entry.reference} entry={entry} />
            ))}
          </ul>
        </>
      )}
    </EmptyState>
  );
}

function GoodFirst({ entry: { reference, tag, name, purpose } }: { entry: FirstImage }) {
  const image = `${reference}:${tag}`;
  return (
    <li className="card p-3.5 flex flex-col">
      <div className="flex items-center gap-2.5">
        <Monogram name={reference} size={32} />
        <div className="min-w-0">
          <div className="font-strong leading-[18px] truncate">{name}</div>
          <div className="text-12 text-fg3 truncate">{image}</div>
        </div>
      </div>
      <p className="text-12 text-fg2 mt-2.5 mb-3">{purpose}</p>
      <div className="mt-auto flex justify-end">
        <Button
          size="sm"
          icon={<PlayIcon size={14} />}
          aria-label={`Run ${image}`}
          onPress={() => openRun(image)}
        >
          Run
        </Button>
      </div>
    </li>
  );
}
