import type { Logger } from 'pino';
import type { Engine } from '#engine/index';
import type { TerminalSessions } from '#engine/terminal';
import type { Registries } from '#registry/index';
import type { Vm } from '#vm/index';
import type { Desktop } from './desktop/index';
import type { Diagnostics } from './diagnostics/index';
import type { Removals } from './removals';
import type { SettingsStore } from './settings';
import type { Tasks } from './tasks';
import type { Tools } from './tools/index';

/** What stands behind the procedures. */
export interface Services {
  version: string;
  dataFolder: string;
  log: Logger;
  settings: SettingsStore;
  diagnostics: Diagnostics;
  engine: Engine;
  registries: Registries;
  tasks: Tasks;
  removals: Removals;
  terminals: TerminalSessions;
  tools: Tools;
  vm: Vm;
  desktop: Desktop;
}
