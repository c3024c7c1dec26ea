import { z } from 'zod';
import type { VmSettings } from '#contract';
import { ProblemError } from '#contract/problem';
import type { Link } from '../link/link';
import type { Places } from '../places';
import { foldersInUse } from '../problems';
import { shareDevice } from '../qemu/arguments';
import { nothing, type Qmp } from '../qemu/qmp';
import { serveShares } from './serve';

type Folders = VmSettings['folders'];

/** The guest's hot-plug of one device takes well under a second; a busy emulated one takes several. */
const plugLimitMs = 20_000;

const deleted = z.object({ event: z.literal('DEVICE_DELETED'), data: z.object({ device: z.string() }) });

const tagOf = (index: number) => `share-${index}`;

/** Puts folders into a running machine and mounts them at their own paths, as the guest's init does at a boot. */
export async function plugShares(
  { qmp, link, places }: { qmp: Qmp; link: Link; places: Places },
  folders: Folders,
  signal: AbortSignal,
): Promise<void> {
  if (folders.length === 0) return;
  const shares = await serveShares(folders, places, signal);
  for (const [index, share] of shares.entries()) {
    const { device } = shareDevice(share, index);
    if (share.kind === 'virtiofs') {
      const backend = {
        type: 'socket',
        data: { addr: { type: 'unix', data: { path: share.socket } }, server: false },
      };
      await qmp.execute('chardev-add', { id: tagOf(index), backend }, nothing, signal);
    }
    await qmp.execute('device_add', device, nothing, signal);
    const folder = folders[index];
    if (folder) await mount(link, index, folder, signal);
  }
}

/** The device appears in the guest a moment after QEMU was told; the guest's own script waits for it. */
async function mount(link: Link, index: number, folder: Folders[number], signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(plugLimitMs)]);
  const mode = folder.writable ? 'rw' : 'ro';
  const { code, stderr } = await link.runText(
    ['/usr/sbin/gantry-share', tagOf(index), mode, folder.path],
    limit,
  );
  if (code !== 0) throw new Error(`${folder.path} could not be shared with the guest: ${stderr.trim()}`);
}

/**
 * Takes all shared folders out of the machine, which then can be suspended.
 * @throws ProblemError `vm-folders-in-use` when something in the guest has one open
 */
export async function unplugShares(
  { qmp, link }: { qmp: Qmp; link: Link },
  folders: Folders,
  signal: AbortSignal,
): Promise<void> {
  for (const { path } of folders) {
    const { code } = await link.runText(['umount', path], signal);
    if (code !== 0) throw new ProblemError(foldersInUse([`Something in ${path}`]));
  }
  for (const index of folders.keys()) {
    const id = `${tagOf(index)}-device`;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(plugLimitMs)]);
    const gone = qmp.waitForEvent((one) => deleted.safeParse(one).data?.data.device === id, limit);
    // Awaited below; an earlier failure must not leave it unheard.
    gone.catch(() => undefined);
    await qmp.execute('device_del', { id }, nothing, signal);
    await gone;
    await qmp.execute('chardev-remove', { id: tagOf(index) }, nothing, signal);
  }
}
