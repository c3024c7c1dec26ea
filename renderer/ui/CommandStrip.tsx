import { ChevronDown, SquareTerminal } from 'lucide-react';
import { CodeText } from './CodeText';
import { CopyButton } from './CopyButton';
import { inContext, useCommandContext } from './commandContext';
import { setStripCollapsed, useStrip } from './commandStrip';
import { commandLine } from './commandWords';
import { IconButton } from './IconButton';

/** The line at the page's foot that teaches the terminal. Pages fill it by `useCommandStrip`. */
export function CommandStrip() {
  const { same, lead, preview, collapsed } = useStrip();
  const context = useCommandContext((now) => now.context);
  if (!same && !preview) return null;
  if (collapsed) {
    return (
      <div className="strip-collapsed">
        <IconButton size="sm" aria-label="Show the command line" onPress={() => setStripCollapsed(false)}>
          <SquareTerminal size={14} />
        </IconButton>
      </div>
    );
  }
  const shown = preview ? preview.argv : same;
  const argv = shown && inContext(shown, context);
  return (
    <section className="strip" aria-label="Command line">
      <span className="flex items-center gap-1.5">
        <SquareTerminal size={14} aria-hidden="true" />
        {preview ? (preview.argv ? `${preview.label} would run` : preview.label) : (lead ?? 'Same as')}
      </span>
      {argv ? (
        <CodeText argv={argv} className="cmd truncate select-text" />
      ) : (
        <span className="truncate">{preview?.note ?? 'Docker has no command for this.'}</span>
      )}
      <span className="ml-auto flex items-center gap-0.5">
        {argv && <CopyButton label="Copy command" text={commandLine(argv)} />}
        <IconButton size="sm" aria-label="Hide the command line" onPress={() => setStripCollapsed(true)}>
          <ChevronDown size={14} />
        </IconButton>
      </span>
    </section>
  );
}
