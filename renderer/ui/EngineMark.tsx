import { Badge } from './Badge';
import { useCommandContext } from './commandContext';

/** Which engine something is done in; nothing while only one is connected, as there is none to take it for. */
export function EngineMark() {
  const engine = useCommandContext((now) => now.engine);
  if (engine === null) return null;
  return (
    <Badge tone="line" tooltip={`Two engines are connected. This is about ${engine}.`}>
      <span className="sr-only">Engine: </span>
      {engine}
    </Badge>
  );
}
