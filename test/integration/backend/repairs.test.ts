import { rmSync } from 'node:fs';
import { afterAll, beforeAll, test } from 'vitest';
import type { CheckId } from '#contract';
import { checkId } from '#contract/diagnostics';
import { whyNotElsewhere } from '../../harness/elsewhere';
import { startEngine } from '../../harness/engine';
import { fixtureImage, loadImage } from '../../harness/images';
import { describeWithEngine } from '../../harness/shared';
import * as gantry from './repairs/of-gantry';
import * as computer from './repairs/of-the-computer';
import * as engine from './repairs/of-the-engine';
import { newFolder, type Repair, type Stage } from './repairs/stage';
import { serveBackend } from './served-backend';

/** How each check that there is is made to fail for real, and what its button does about it. */
const repairs: Record<CheckId, Repair> = {
  virtualisation: computer.virtualisation,
  qemu: gantry.qemu,
  'guest-image': gantry.guestImage,
  engine: engine.engine,
  permission: computer.permission,
  versions: engine.versions,
  clock: engine.clock,
  'data-folder': gantry.dataFolder,
  disk: computer.disk,
  memory: computer.memory,
  names: computer.names,
  proxy: gantry.proxy,
  registry: computer.registry,
  ports: engine.ports,
  subnets: engine.subnets,
  'docker-command': engine.dockerCommand,
  leftovers: gantry.leftovers,
};

/** Their faults are made for a program of its own, which must have been built. */
const needProgram: readonly CheckId[] = [
  'virtualisation',
  'permission',
  'disk',
  'memory',
  'names',
  'registry',
];

describeWithEngine('each check, from its failure to its repair by the button', () => {
  let stage: Stage;

  beforeAll(async () => {
    const own = await startEngine();
    await loadImage(own, await fixtureImage('hello'), 'hello:latest');
    const served = await serveBackend(own.host);
    const { dataFolder } = await served.client.app.info();
    stage = { engine: own, served, home: dataFolder, folder: newFolder() };
  });
  afterAll(async () => {
    await stage?.served.close();
    await stage?.engine.stop();
    if (stage) rmSync(stage.folder, { recursive: true });
  });

  test.for(checkId.options)('%s', async (id, context) => {
    const why = needProgram.includes(id) ? whyNotElsewhere() : undefined;
    if (why) context.skip(why);
    await repairs[id](stage);
  });
});
