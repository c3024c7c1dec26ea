import { beforeAll, expect, it } from 'vitest';
import { dockerCli } from '../../harness/engine';
import { attachCases } from './attach';
import { buildCases } from './build';
import type { Battery } from './case';
import { clientCases } from './clients';
import { composeCases } from './compose';
import { copyCases } from './copy';
import type { EngineUnderTest } from './engine-under-test';
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

/** Containers, volumes and networks of an engine. */
function objectsOf(engine: EngineUnderTest): Promise<string[]> {
  const cli = dockerCli(engine);
  return Promise.all([cli(['ps', '-aq']), cli(['volume', 'ls', '-q']), cli(['network', 'ls', '-q'])]);
}

/** What the docker CLI must be able to do with an engine. Registers all cases. */
export function registerBattery(battery: Battery): void {
  let before: string[];
  beforeAll(async () => {
    before = await objectsOf(battery.engine());
  });
  for (const register of SUBJECTS) register(battery);
  it('leaves nothing behind', { timeout: 30_000 * battery.slowness }, async () => {
    expect(await objectsOf(battery.engine())).toEqual(before);
  });
}
