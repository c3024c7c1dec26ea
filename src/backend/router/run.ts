import type { RunSpec, TaskProgress } from '#contract';
import { checkRun } from '#engine/run/check';
import { createFolder } from '#engine/run/create-folder';
import { parseRunLine } from '#engine/run/parse';
import { proposeRun } from '#engine/run/propose';
import { startRun } from '#engine/run/start';
import { lookUp } from '#registry/catalogue';
import { forever, type Procedures } from '../boundary';
import { pull } from '../pulling';
import type { Services } from '../services';

export function runRouter({ run: at }: Procedures, services: Services) {
  const { engine, removals, tasks } = services;
  const snapshot = () => engine.projection.snapshot();
  const around = (image: string, signal = forever) => ({
    snapshot: snapshot(),
    neighbour: engine.beside.neighbour(),
    catalogueEntry: lookUp(image),
    signal,
  });
  const work = async (spec: RunSpec, signal: AbortSignal, onProgress: (progress: TaskProgress) => void) => {
    await removals.settle('containers', spec.name ? [spec.name] : []);
    await removals.settle(
      'volumes',
      spec.mounts.flatMap(({ type, source }) => (type === 'volume' ? [source] : [])),
    );
    return startRun(engine.docker(), spec, {
      signal,
      onProgress,
      snapshot,
      neighbour: () => engine.beside.neighbour(),
      pull: (wanted, options) => pull(services, wanted, options),
    });
  };
  return at.router({
    propose: at.propose.handler(({ input, signal }) =>
      proposeRun(engine.docker(), input.image, around(input.image, signal)),
    ),
    parse: at.parse.handler(({ input }) => parseRunLine(input.line)),
    check: at.check.handler(({ input, signal }) =>
      checkRun(engine.docker(), input, around(input.image, signal)),
    ),
    start: at.start.handler(({ input }) => ({
      taskId: tasks.start({
        kind: 'run',
        title: `Run ${input.name || input.image}`,
        subject: [input.name || input.image, input.image],
        canRetry: true,
        work: ({ signal, report }) => work(input, signal, report),
      }),
    })),
    createFolder: at.createFolder.handler(({ input }) => createFolder(input.path)),
  });
}
