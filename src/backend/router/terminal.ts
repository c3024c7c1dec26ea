import type { Procedures } from '../boundary';
import type { Services } from '../services';

export function terminalRouter({ terminal: at }: Procedures, { engine, terminals }: Services) {
  return at.router({
    sessions: at.sessions.handler(({ input }) => terminals.list(input.containerId)),
    open: at.open.handler(({ input }) => terminals.open(engine.docker(), input)),
    output: at.output.handler(({ input, signal }) => terminals.output(input.sessionId, signal)),
    write: at.write.handler(({ input }) => terminals.write(input.sessionId, input.data)),
    resize: at.resize.handler(({ input }) => terminals.resize(input.sessionId, input.columns, input.rows)),
    close: at.close.handler(({ input }) => terminals.close(input.sessionId)),
  });
}
