import { forever, type Procedures } from '../boundary';
import type { Services } from '../services';

export function toolsRouter({ tools: at }: Procedures, { tools }: Services) {
  return at.router({
    status: at.status.handler(() => tools.status()),
    install: at.install.handler(({ signal }) => tools.install(signal ?? forever)),
    remove: at.remove.handler(() => tools.remove()),
  });
}
