import { attachCases } from './attach';
import { buildCases } from './build';
import type { Battery } from './case';
import { clientCases } from './clients';
import { composeCases } from './compose';
import { copyCases } from './copy';
import { eventCases } from './events';
import { execCases } from './exec';
import { figureCases } from './figures';
import { folderCases } from './folders';
import { logCases } from './logs';
import { manyCases } from './many';
import { ownerCases } from './owners';
import { portCases } from './ports';
import { runCases } from './run';
import { saveCases } from './save';
import { volumeCases } from './volumes';

const SUBJECTS = [
  ...[runCases, execCases, attachCases, logCases, copyCases, buildCases, saveCases, eventCases, figureCases],
  ...[portCases, folderCases, ownerCases, volumeCases, manyCases, clientCases, composeCases],
];

/** What the docker CLI must be able to do with an engine. Registers all cases. */
export function registerBattery(battery: Battery): void {
  for (const register of SUBJECTS) register(battery);
}
