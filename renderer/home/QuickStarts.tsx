import { Button } from '#ui/Button';
import { PlayIcon } from '#ui/icons';
import { Monogram } from '#ui/Monogram';
import { type FirstImage, useGoodFirst } from '../run/goodFirst';
import { openRun } from '../run/store';

/** Nothing runs: images with which something does, one click away. */
export function QuickStarts() {
  const entries = useGoodFirst(4);
  return (
    <div className="px-4 pb-4">
      <p className="text-fg2 mb-3">
        Nothing runs at the moment.{entries.length > 0 && ' Good to begin with:'}
      </p>
      <ul className="grid grid-cols-2 gap-2.5">
        {entries.map((entry) => (
          <QuickStart key={entry.reference} entry={entry} />
        ))}
      </ul>
    </div>
  );
}

function QuickStart({ entry: { reference, tag, name, purpose } }: { entry: FirstImage }) {
  const image = `${reference}:${tag}`;
  return (
    <li className="rounded-10 border border-line p-3.5 flex gap-3 items-start">
      <Monogram name={reference} size={32} />
      <div className="min-w-0 flex-1">
        <div className="font-medium truncate">{name}</div>
        <p className="text-12 text-fg3">{purpose}</p>
      </div>
      <Button
        size="sm"
        icon={<PlayIcon size={13} />}
        aria-label={`Run ${image}`}
        onPress={() => openRun(image)}
      >
        Run
      </Button>
    </li>
  );
}
