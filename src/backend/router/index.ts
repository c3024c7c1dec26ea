import type { Procedures } from '../boundary';
import type { Services } from '../services';
import { appRouter } from './app';
import { containersRouter } from './containers';
import { desktopRouter } from './desktop';
import { diagnosticsRouter } from './diagnostics';
import { discoverRouter } from './discover';
import { engineRouter } from './engine';
import { imagesRouter } from './images';
import { networksRouter } from './networks';
import { projectionRouter } from './projection';
import { runRouter } from './run';
import { tasksRouter } from './tasks';
import { terminalRouter } from './terminal';
import { toolsRouter } from './tools';
import { vmRouter } from './vm';
import { volumesRouter } from './volumes';

/** The whole contract, one file per area. */
export const createRouter = (procedures: Procedures, services: Services) =>
  procedures.router({
    app: appRouter(procedures, services),
    containers: containersRouter(procedures, services),
    desktop: desktopRouter(procedures, services),
    diagnostics: diagnosticsRouter(procedures, services),
    discover: discoverRouter(procedures, services),
    engine: engineRouter(procedures, services),
    images: imagesRouter(procedures, services),
    networks: networksRouter(procedures, services),
    projection: projectionRouter(procedures, services),
    run: runRouter(procedures, services),
    tasks: tasksRouter(procedures, services),
    terminal: terminalRouter(procedures, services),
    tools: toolsRouter(procedures, services),
    vm: vmRouter(procedures, services),
    volumes: volumesRouter(procedures, services),
  });

export type Router = ReturnType<typeof createRouter>;
