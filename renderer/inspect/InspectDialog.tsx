import { Dialog } from '#ui/Dialog';
import { EngineAnswer } from './EngineAnswer';

/** The engine's own words about an object that has no page of its own. */
export function InspectDialog({
  of,
  name,
  load,
  onClose,
}: {
  of: readonly string[];
  name: string;
  load: (signal: AbortSignal) => Promise<unknown>;
  onClose: () => void;
}) {
  return (
    <Dialog title={`Inspect ${name}`} width={920} ruled onClose={onClose}>
      <div className="h-[min(520px,calc(100vh-200px))] flex flex-col min-h-0">
        <EngineAnswer of={of} name={name} load={load} />
      </div>
    </Dialog>
  );
}
