import { X } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { IconButton } from './IconButton';

/** Room that rows keep below themselves so that the bar covers none. */
const BAR_ROOM_PX = 64;

/** Floats below a list while rows are selected. Its verbs say how many they are for. */
export function BulkBar({
  label,
  count,
  note,
  onClear,
  children,
}: {
  /** "Selected images". */
  label: string;
  count: number;
  /** What they are together: "2 in use, 840 MB". */
  note?: string;
  onClear: () => void;
  children: ReactNode;
}) {
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--g-bulk-inset', `${BAR_ROOM_PX}px`);
    return () => {
      style.removeProperty('--g-bulk-inset');
    };
  }, []);
  return (
    <section
      aria-label={label}
      className="pop absolute bottom-[14px] left-1/2 -translate-x-1/2 flex items-center gap-1 h-11 pl-3.5 pr-1.5 whitespace-nowrap"
      style={{ zIndex: 'var(--g-z-bulk)' }}
    >
      <span className="font-strong num" role="status">
        {count} selected
      </span>
      {note && <span className="text-12 text-fg3 num mx-1.5 max-[1040px]:hidden">{note}</span>}
      {children}
      <IconButton aria-label="Clear the selection" shortcut="Esc" onPress={onClear}>
        <X size={15} />
      </IconButton>
    </section>
  );
}
