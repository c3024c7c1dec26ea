import { SquareTerminal } from 'lucide-react';
import { CodeText } from './CodeText';
import { CopyButton } from './CopyButton';
import { useInContext } from './commandContext';
import { commandLine } from './commandWords';

/** In dialogs: the command that does the same, with a copy button. */
export function ShowAsCommand({ argv: plain }: { argv: readonly string[] }) {
  const argv = useInContext(plain);
  return (
    <section>
      <div className="flex items-center gap-2 text-fg2 font-medium mb-2">
        <SquareTerminal size={15} aria-hidden="true" />
        Show as command
      </div>
      <div className="cmdbox flex items-start !py-1.5">
        <CodeText
          argv={argv}
          className="cmd leading-[26px] wrap-anywhere select-text max-h-[130px] overflow-auto"
        />
        <span className="ml-auto pl-2">
          <CopyButton label="Copy command" text={commandLine(argv)} />
        </span>
      </div>
    </section>
  );
}
