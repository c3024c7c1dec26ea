import type { Check } from './check';
import { clock } from './checks/clock';
import { dataFolder } from './checks/data-folder';
import { disk } from './checks/disk';
import { dockerCommand } from './checks/docker-command';
import { engine } from './checks/engine';
import { guestImage } from './checks/guest-image';
import { leftovers } from './checks/leftovers';
import { memory } from './checks/memory';
import { names } from './checks/names';
import { permission } from './checks/permission';
import { ports } from './checks/ports';
import { proxy } from './checks/proxy';
import { qemu } from './checks/qemu';
import { registry } from './checks/registry';
import { subnets } from './checks/subnets';
import { versions } from './checks/versions';
import { virtualisation } from './checks/virtualisation';

/** From what is below to what stands on it. */
export const checks: readonly Check[] = [
  virtualisation,
  qemu,
  guestImage,
  engine,
  permission,
  versions,
  clock,
  dataFolder,
  disk,
  memory,
  names,
  proxy,
  registry,
  ports,
  subnets,
  dockerCommand,
  leftovers,
];

/** What matters before an engine is chosen. None of them looks beyond this computer. */
export const firstChecks: readonly Check[] = [
  virtualisation,
  qemu,
  memory,
  disk,
  engine,
  permission,
  versions,
];
