import { whyNoVm } from '../../harness/vm';
import type { Group } from '../group';
import { vmBoot } from './boot';
import { vmEngine } from './engine';
import { vmIdle } from './idle';
import { vmImages } from './images';
import { share } from './share';
import { vmSuspend } from './suspend';

/** `npm run bench -- vm` runs all of these. */
export const vmGroups: Group[] = [
  { names: ['vm-boot'], measure: vmBoot, whyNot: whyNoVm },
  { names: ['vm-suspend', 'vm-resume'], measure: vmSuspend, whyNot: whyNoVm },
  {
    names: ['vm-idle', 'vm-idle-memory', 'keeper-cpu', 'keeper-memory'],
    measure: vmIdle,
    whyNot: whyNoVm,
  },
  { names: ['api-latency', 'port-throughput', 'run-warm'], measure: vmEngine, whyNot: whyNoVm },
  { names: ['image-load', 'image-get'], measure: vmImages, whyNot: whyNoVm },
  { names: ['share-write', 'share-read', 'share-find', 'share-small'], measure: share, whyNot: whyNoVm },
];
