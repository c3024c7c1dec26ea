import { NothingFound } from '#ui/NothingFound';
import type { Segment } from '../state';

const nothingIn: Record<Segment, string> = {
  all: 'Nothing matches',
  running: 'Nothing is running',
  attention: 'Nothing needs a look',
  stopped: 'Nothing is stopped',
};

/** There are containers, but none that the filter lets through. */
export function NoContainerFound({
  filter,
  segment,
  onClear,
}: {
  filter: string;
  segment: Segment;
  onClear: () => void;
}) {
  const words = filter.trim();
  return (
    <NothingFound
      title={words ? 'Nothing matches' : nothingIn[segment]}
      text={words ? `No container here has “${words}” in its name, image, project or ports.` : undefined}
      showAll="Show all containers"
      onShowAll={onClear}
    />
  );
}
