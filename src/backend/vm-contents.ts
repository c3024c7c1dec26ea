import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { VmContents } from '#contract';
import { ProblemError } from '#contract/problem';
import { diskUsage } from '#engine/disk-usage';
import { openOneOff } from '#engine/one-off';
import { exportVolume } from '#engine/volume-export';
import type { Vm } from '#vm/index';

/** The VM's engine, whichever one Gantry follows; the VM is started if need be. */
async function engineOf(vm: Vm, signal: AbortSignal) {
  await vm.start();
  return openOneOff(vm.host, signal);
}

/** What a reset of the VM would delete. */
export async function readContents(vm: Vm, signal: AbortSignal): Promise<VmContents> {
  const docker = await engineOf(vm, signal);
  const [usage, networks, { disk }] = await Promise.all([
    diskUsage(docker),
    docker.listNetworks(),
    vm.usage(),
  ]);
  return {
    containers: usage.containers.count,
    images: usage.images.count,
    volumes: Object.entries(usage.volumeBytes).map(([name, bytes]) => ({ name, bytes })),
    // `bridge`, `host` and `none` are the engine's own.
    networks: networks.filter(({ Name }) => !['bridge', 'host', 'none'].includes(Name)).length,
    diskBytes: disk?.hostBytes ?? 0,
  };
}

/**
 * Saves every volume of the VM into `folder` as `<volume>.tar`.
 * @throws ProblemError when one cannot be saved: nothing may be deleted then
 */
export async function exportVolumes(vm: Vm, folder: string, signal: AbortSignal): Promise<void> {
  const docker = await engineOf(vm, signal);
  const { volumeBytes } = await diskUsage(docker);
  const [image] = await docker.listImages();
  const names = Object.keys(volumeBytes);
  if (names.length === 0) return;
  await mkdir(folder, { recursive: true });
  await assertRoom(folder, Object.values(volumeBytes));
  if (!image) {
    throw new ProblemError({
      code: 'vm-export-needs-image',
      title: 'The volumes cannot be exported yet',
      explanation:
        'Reading a volume needs an image, and the engine has none. Pull any image, then try again.',
      actions: [{ kind: 'open', label: 'Find an image', page: 'discover' }],
    });
  }
  for (const volume of names) {
    await exportVolume(docker, { volume, image: image.Id, file: join(folder, `${volume}.tar`), signal });
  }
}

async function assertRoom(folder: string, sizes: number[]): Promise<void> {
  const needed = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize > needed) return;
  throw new ProblemError({
    code: 'vm-export-no-room',
    title: 'There is not enough room for the export',
    explanation: `The volumes need ${Math.ceil(needed / 1e6)} MB; ${folder} has ${Math.floor((bavail * bsize) / 1e6)} MB free. Choose a folder on another disk.`,
    actions: [],
  });
}
