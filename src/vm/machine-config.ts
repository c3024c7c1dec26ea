import { stat } from 'node:fs/promises';
import { maxSharedFolders } from '#contract/vm-limits';
import type { GuestFacts } from './guest';
import type { GuestImage } from './image';
import type { Places } from './places';
import type { MachineConfig, Share } from './qemu/machine-config';

/** What is given to QEMU, from what is written down about a machine and where its files are now. */
export async function machineConfig(
  facts: Pick<
    GuestFacts,
    'accelerator' | 'cpus' | 'processors' | 'memoryMiB' | 'network' | 'kernelArguments'
  >,
  files: { image: GuestImage; disk: string; places: Places },
  shares: Share[],
  incoming: MachineConfig['incoming'],
): Promise<MachineConfig> {
  const { image, disk, places } = files;
  const certificates = await stat(places.guestCertificates).then(
    () => places.guestCertificates,
    () => null,
  );
  return {
    arch: image.manifest.arch,
    accelerator: facts.accelerator.name,
    cpus: facts.processors ?? facts.cpus,
    memoryMiB: facts.memoryMiB,
    kernel: image.kernel,
    initrd: image.initrd,
    root: image.root,
    data: disk,
    kernelArguments: facts.kernelArguments,
    configFile: places.guestConfig,
    caFile: certificates,
    shares,
    shareSlots: maxSharedFolders,
    network: facts.network,
    places,
    incoming,
  };
}
