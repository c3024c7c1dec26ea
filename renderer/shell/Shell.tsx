import type { ReactNode } from 'react';
import { CommandStrip } from '../ui/CommandStrip';
import { MenuHost } from '../ui/MenuHost';
import { ToastRegion } from '../ui/ToastRegion';
import { TooltipLayer } from '../ui/TooltipLayer';
import { CommandPalette } from './CommandPalette';
import { ShellKeys } from './ShellKeys';
import { type NavNotes, Sidebar } from './Sidebar';
import { TitleBar } from './TitleBar';

/** The window: sidebar, title bar, the page on its sheet, the command line at the foot, and what floats above. */
export function Shell({
  notes,
  engine,
  tasks,
  children,
}: {
  /** Counts and attention marks of the sidebar's pages. */
  notes: NavNotes;
  /** The engine panel at the sidebar's foot. */
  engine?: ReactNode;
  /** The tasks button in the title bar. */
  tasks?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <div className="win">
        <Sidebar notes={notes} engine={engine} />
        <div className="grid grid-rows-[48px_minmax(0,1fr)] min-w-0 min-h-0 relative">
          <TitleBar tasks={tasks} />
          <main className="sheet" data-region="page" tabIndex={-1}>
            <div className="flex-1 min-h-0 flex flex-col">{children}</div>
            <CommandStrip />
          </main>
        </div>
      </div>
      <ShellKeys />
      <CommandPalette />
      <MenuHost />
      <ToastRegion />
      <TooltipLayer />
    </>
  );
}
