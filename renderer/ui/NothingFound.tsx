import { SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { EmptyState } from './EmptyState';

/** A list has rows, but none that the filter lets through. */
export function NothingFound({
  title,
  text,
  showAll,
  onShowAll,
  more,
}: {
  title: string;
  /** What was looked through. */
  text?: string | undefined;
  /** The button's words: "Show all volumes". */
  showAll: string;
  onShowAll: () => void;
  /** Another way to what was looked for. */
  more?: ReactNode;
}) {
  return (
    <EmptyState
      compact
      title={title}
      text={text}
      actions={
        <>
          <Button icon={<SlidersHorizontal size={15} />} onPress={onShowAll}>
            {showAll}
          </Button>
          {more}
        </>
      }
    />
  );
}
