import { SlidersHorizontal } from 'lucide-react';
import { Button } from '#ui/Button';
import { EmptyState } from '#ui/EmptyState';
import type { Segment } from '../state';

const nothingIn: Record<Segment, string> = {
  all: 'Nothing matches',
  running: 'Nothing is running',
  attention: 'Nothing needs a look',
  stopped: 'Nothing is stopped',
};

/** There are containers, but none that the filter lets through. */
export function NothingFound({
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
    <EmptyState
      compact
      title={words ? 'Nothing matches' : nothingIn[segment]}
      text={words ? `No container here has “${words}” in its name, image, project or ports.` : undefined}
      actions={
        <Button icon={<SlidersHorizontal size={15} />} onPress={onClear}>
          Show all containers
        </Button>
      }
    />
  );
}
