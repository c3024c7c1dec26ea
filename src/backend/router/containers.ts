import type { Outcome } from '#contract';
import { containerDetails, inspectContainer, setMemoryLimit } from '#engine/details';
import { exportLogs, followLogs, olderLogs } from '#engine/logs';
import { listProcesses } from '#engine/processes';
import type { Snapshot } from '#engine/projection';
import { blockedPort } from '#engine/run/blocked-port';
import { firstChoice, nextFreePort } from '#engine/run/ports';
import { isLocalEngine } from '#engine/run/propose';
import { watchStats } from '#engine/stats';
import type { Procedures } from '../boundary';
import { explainFullDisk } from '../disk-full';
import { replaceContainer } from '../replacing';
import type { Services } from '../services';

export function containersRouter({ containers: at }: Procedures, services: Services) {
  const { engine, removals } = services;
  const { lifecycle } = engine;
  const docker = () => engine.docker();
  const portsAround = (snapshot: Snapshot) => ({
    containers: snapshot.containers.values(),
    local: isLocalEngine(snapshot),
    neighbour: engine.beside.neighbour(),
  });
  const around = (id: string) => {
    const { facts, endpoint } = engine.state();
    return {
      enginePlatform: facts ? `${facts.os}/${facts.arch}` : undefined,
      inVm: endpoint?.source === 'Gantry VM',
      blockedPort: (said: string) => {
        const snapshot = engine.projection.snapshot();
        return blockedPort(said, { ...portsAround(snapshot), id });
      },
      freePort: (port: number) => {
        const snapshot = engine.projection.snapshot();
        return nextFreePort(firstChoice(port), 'tcp', { ...portsAround(snapshot), reserved: new Set() });
      },
    };
  };
  const complete = async ({ done, failed }: Outcome): Promise<Outcome> => ({
    done,
    failed: await Promise.all(
      failed.map(async (one) => ({ ...one, problem: await explainFullDisk(one.problem, services) })),
    ),
  });
  const nameOf = (id: string) => engine.projection.snapshot().containers.get(id)?.name ?? id.slice(0, 12);
  return at.router({
    start: at.start.handler(async ({ input }) => complete(await lifecycle.start(input.ids))),
    stop: at.stop.handler(({ input }) => lifecycle.stop(input.ids, input.timeout)),
    restart: at.restart.handler(async ({ input }) => complete(await lifecycle.restart(input.ids))),
    pause: at.pause.handler(({ input }) => lifecycle.pause(input.ids)),
    unpause: at.unpause.handler(({ input }) => lifecycle.unpause(input.ids)),
    kill: at.kill.handler(({ input }) => lifecycle.kill(input.ids, input.signal)),
    rename: at.rename.handler(({ input }) => lifecycle.rename(input.id, input.name)),
    remove: at.remove.handler(({ input }) => ({
      taskId: removals.start({
        kind: 'containers',
        keys: input.ids,
        names: input.ids.map(nameOf),
        removeNow: () => lifecycle.removeNow(input.ids, { volumes: input.volumes }),
      }),
    })),
    replace: at.replace.handler(({ input }) => replaceContainer({ engine, removals }, input)),
    details: at.details.handler(async ({ input, signal }) => {
      const found = await containerDetails(docker(), { id: input.id, ...around(input.id) }, signal);
      return { ...found, why: found.why && (await explainFullDisk(found.why, services)) };
    }),
    setMemoryLimit: at.setMemoryLimit.handler(({ input }) => setMemoryLimit(docker(), input)),
    inspect: at.inspect.handler(({ input, signal }) => inspectContainer(docker(), input.id, signal)),
    processes: at.processes.handler(({ input, signal }) => listProcesses(docker(), input.id, signal)),
    stats: at.stats.handler(({ input, signal }) => watchStats(docker(), input.ids, signal)),
    logs: at.logs.handler(({ input, signal }) => followLogs(docker(), input, signal)),
    olderLogs: at.olderLogs.handler(({ input, signal }) => olderLogs(docker(), input, signal)),
    exportLogs: at.exportLogs.handler(({ input, signal }) => exportLogs(docker(), input, signal)),
  });
}
