import type { Container } from '#contract';
import { StateGlyph } from '#ui/StateGlyph';
import { formatRoute } from '../shell/routes';
import { cutTip } from '../ui/tip';
import { lookOf } from './state';

/** The containers that use something, in a cell: the state of the first, the names of all. */
export function Users({ containers, none }: { containers: readonly Container[]; none: string }) {
  const [first] = containers;
  if (!first) return <span className="text-fg3 block truncate">{none}</span>;
  const names = containers.map(({ name }) => name).join(', ');
  return (
    <span className="flex items-center gap-2 min-w-0">
      <StateGlyph state={lookOf(first).glyph} size={12} />
      <bdi className="truncate" {...cutTip(names)}>
        {names}
      </bdi>
    </span>
  );
}

/** The same as a list of links, each with its state in words. `note` stands below, `end` at a line's right. */
export function UserList({
  containers,
  note,
  end,
}: {
  containers: readonly Container[];
  note?: (container: Container) => React.ReactNode;
  end?: (container: Container) => React.ReactNode;
}) {
  return (
    <ul>
      {containers.map((container) => {
        const { word, glyph } = lookOf(container);
        return (
          <li key={container.id} className="min-w-0">
            <div className="flex items-center gap-2.5 min-h-[31px] min-w-0">
              <StateGlyph state={glyph} size={13} />
              <a
                className="font-medium truncate"
                href={formatRoute({ page: 'containers', id: container.id })}
                {...cutTip(container.name)}
              >
                <bdi>{container.name}</bdi>
              </a>
              <span className="text-12 text-fg3 whitespace-nowrap">{word}</span>
              {end && <span className="ml-auto text-12 flex items-center shrink-0">{end(container)}</span>}
            </div>
            {note && (
              <div className="pl-[23px] -mt-1 pb-1.5 text-12 text-fg3 wrap-anywhere">{note(container)}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
