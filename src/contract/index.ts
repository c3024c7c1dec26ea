import type { ContractRouterClient } from '@orpc/contract';
import { appContract } from './app';
import { containersContract } from './containers';
import { desktopContract } from './desktop';
import { diagnosticsContract } from './diagnostics';
import { discoverContract } from './discover';
import { engineContract } from './engine';
import { imagesContract } from './images';
import { networksContract } from './networks';
import { projectionContract } from './projection';
import { runContract } from './run';
import { tasksContract } from './tasks';
import { terminalContract } from './terminal';
import { toolsContract } from './tools';
import { vmContract } from './vm';
import { volumesContract } from './volumes';

/** All that the UI and the backend say to each other. */
export const contract = {
  app: appContract,
  containers: containersContract,
  desktop: desktopContract,
  diagnostics: diagnosticsContract,
  discover: discoverContract,
  engine: engineContract,
  images: imagesContract,
  networks: networksContract,
  projection: projectionContract,
  run: runContract,
  tasks: tasksContract,
  terminal: terminalContract,
  tools: toolsContract,
  vm: vmContract,
  volumes: volumesContract,
};

/** The contract as a client sees it: `client.containers.start({ ids })`. */
export type Client = ContractRouterClient<typeof contract>;

export type * from './app';
export type * from './base';
export type * from './containers';
export type * from './desktop';
export type * from './diagnostics';
export type * from './discover';
export type * from './engine';
export type * from './images';
export type * from './networks';
export type * from './problem';
export type * from './projection';
export type * from './run';
export type * from './tasks';
export type * from './terminal';
export type * from './tools';
export type * from './vm';
export type * from './volumes';
