import type { RunSpec } from '#contract';
import type { Here } from '#engine/index';
import { checkRun } from '#engine/run/check';
import { createFolder } from '#engine/run/create-folder';
import { parseRunLine } from '#engine/run/parse';
import { proposeRun } from '#engine/run/propose';
import { startRun } from '#engine/run/start';
import { lookUp } from '#registry/catalogue';
import { forever, type Procedures } from '../boundary';
import { pull } from '../pulling';
import type { Services } from '../services';
import type { TaskControl } from '../tasks';

export function runRouter({ run: at }: Procedures, services: Services) {
  const { engine, registries, removals, tasks } = services;
  const snapshot = () => engine.projection.snapshot();
  const around = (image: string, signal = forever) => ({
    snapshot: snapshot(),
    neighbour: engine.beside.neighbour(),
    catalogueEntry: lookUp(image),
    signal,
  });
  const work = async (
    here: Here,
    spec: RunSpec,
    { signal, report }: Pick<TaskControl, 'signal' | 'report'>,
  ) => {
    await removals.settle('containers', spec.name ? [spec.name] : []);
    await removals.settle(
      'volumes',
      spec.mounts.flatMap(({ type, source }) => (type === 'volume' ? [source] : [])),
    );
    return startRun(here.docker(), spec, {
      signal,
      onProgress: report,
      snapshot,
      neighbour: () => engine.beside.neighbour(),
      pull: (wanted, options) => pull({ here, registries }, wanted, options),
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
    start: at.start.handler(({ input }) => {
      const here = engine.here();
      return {
        taskId: tasks.start({
          kind: 'run',
          title: `Run ${input.name || input.image}`,
          subject: [input.name || input.image, input.image],
          canRetry: true,
          work: (control) => work(here, input, control),
        }),
      };
    }),
    createFolder: at.createFolder.handler(({ input }) => createFolder(input.path)),
  });
}
