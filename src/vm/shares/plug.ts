import { z } from 'zod';
import type { VmSettings } from '#contract';
import { guestPath } from '#contract/guest-path';
import { ProblemError } from '#contract/problem';
import { timeLimit } from '#contract/time-limit';
import type { Link } from '../link/link';
import type { Places } from '../places';
import { foldersInUse } from '../problems';
import { shareDevice } from '../qemu/arguments';
import { nothing, type Qmp } from '../qemu/qmp';
import { serveShare, shareTag } from './serve';
import { findServer } from './virtiofsd';

type Folder = VmSettings['folders'][number];

/** A running machine whose folders are plugged in and out. */
interface Machine {
  qmp: Qmp;
  link: Link;
  places: Places;
  /** QEMU has a device for each folder that is shared by virtiofs, and none for those that come through the link. */
  facts: { folders: Folder[]; sharing: 'virtiofs' | 'link' };
}

/** A folder with its number among the machine's, which is that of its tag, its socket and its slot. */
interface Numbered {
  index: number;
  folder: Folder;
}

/** The guest's hot-plug of one device takes well under a second; a busy emulated one takes several. */
const plugLimitMs = 20_000;

const deleted = z.object({ event: z.literal('DEVICE_DELETED'), data: z.object({ device: z.string() }) });

const deviceOf = (index: number) => `${shareTag(index)}-device`;
const numbered = (folders: Folder[]): Numbered[] => folders.map((folder, index) => ({ index, folder }));

/**
 * Puts folders into a running machine and mounts them at their own paths, as the guest's init does at a boot. One that
 * cannot be shared is empty and read-only in the guest; the others are shared all the same.
 * @throws Error the first failure, after all were tried
 */
export async function plugShares(machine: Machine, signal: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  for (const share of numbered(machine.facts.folders)) {
    try {
      await plug(machine, share, signal);
    } catch (error) {
      failures.push(error);
      await guestShare(
        machine.link,
        [shareTag(share.index), 'missing', guestPath(share.folder.path)],
        signal,
      );
    }
  }
  if (failures.length > 0) throw failures[0];
}

const children = z.array(z.object({ name: z.string() }));

/** Puts in again what a suspend that was broken off has taken out: folders without their device, or without a mount. */
export async function restoreShares(machine: Machine, signal: AbortSignal): Promise<void> {
  const { folders } = machine.facts;
  if (folders.length === 0) return;
  // A connection of the link ends with it, and its mount does not come back.
  if (machine.facts.sharing === 'link') {
    for (const share of numbered(folders)) await mount(machine, share, signal);
    return;
  }
  const devices = await machine.qmp.execute('qom-list', { path: '/machine/peripheral' }, children, signal);
  // Its lines begin with what is mounted, which of a shared folder is its tag.
  const { stdout: mounts } = await machine.link.runText(['cat', '/proc/mounts'], signal);
  for (const share of numbered(folders)) {
    const tag = shareTag(share.index);
    if (!devices.some(({ name }) => name === deviceOf(share.index))) await plug(machine, share, signal);
    else if (!mounts.split('\n').some((line) => line.startsWith(`${tag} `)))
      await mount(machine, share, signal);
  }
}

/**
 * Takes all shared folders out of the machine, which then can be suspended. When that is not possible, all of them
 * are there again afterwards.
 * @throws ProblemError `vm-folders-in-use` when something in the guest uses one
 */
export async function unplugShares(machine: Machine, signal: AbortSignal): Promise<void> {
  const { folders } = machine.facts;
  const unmounted: Numbered[] = [];
  const out: Numbered[] = [];
  try {
    // A folder may be below another one, which then comes first in the list.
    for (const share of numbered(folders).reverse()) {
      await unmount(machine, share, signal);
      unmounted.push(share);
    }
    for (const share of numbered(folders)) {
      await unplug(machine, share, signal);
      out.push(share);
    }
  } catch (error) {
    for (const share of unmounted.reverse()) {
      if (out.includes(share)) await plug(machine, share, signal);
      else await mount(machine, share, signal);
    }
    throw error;
  }
}

async function plug(machine: Machine, share: Numbered, signal: AbortSignal): Promise<void> {
  if (machine.facts.sharing === 'virtiofs') await attach(machine, share, signal);
  await mount(machine, share, signal);
}

/** Serves a folder and puts its device in. */
async function attach(machine: Machine, { index, folder }: Numbered, signal: AbortSignal): Promise<void> {
  const virtiofsd = await findServer();
  if (!virtiofsd) throw new Error('There is no program any more that shares folders');
  const served = await serveShare(virtiofsd, folder, index, machine.places, signal);
  const backend = {
    type: 'socket',
    data: { addr: { type: 'unix', data: { path: served.socket } }, server: false },
  };
  // One without a device is there when a keeper ended between taking out the one and the other.
  await machine.qmp
    .execute('chardev-remove', { id: shareTag(index) }, nothing, signal)
    .catch(() => undefined);
  await machine.qmp.execute('chardev-add', { id: shareTag(index), backend }, nothing, signal);
  await machine.qmp.execute('device_add', shareDevice(served, index).device, nothing, signal);
}

async function unplug({ qmp, facts }: Machine, { index }: Numbered, signal: AbortSignal): Promise<void> {
  if (facts.sharing === 'link') return;
  const id = deviceOf(index);
  const limit = timeLimit(plugLimitMs, signal);
  const gone = qmp.waitForEvent((one) => deleted.safeParse(one).data?.data.device === id, limit);
  // Awaited below; an earlier failure must not leave it unheard.
  gone.catch(() => undefined);
  await qmp.execute('device_del', { id }, nothing, signal);
  await gone;
  await qmp.execute('chardev-remove', { id: shareTag(index) }, nothing, signal);
}

/** The device appears in the guest a moment after QEMU was told; the guest's own script waits for it. */
async function mount({ link }: Machine, { index, folder }: Numbered, signal: AbortSignal): Promise<void> {
  const said = await guestShare(
    link,
    [shareTag(index), folder.writable ? 'rw' : 'ro', guestPath(folder.path)],
    signal,
  );
  if (said !== null) throw new Error(`${folder.path} could not be shared with the guest: ${said}`);
}

async function unmount({ link }: Machine, { index, folder }: Numbered, signal: AbortSignal): Promise<void> {
  const said = await guestShare(link, [shareTag(index), 'off', guestPath(folder.path)], signal);
  if (said !== null) throw new ProblemError(foldersInUse([`Something in ${folder.path}`]));
}

/** Runs the guest's script (src/guest/share.sh). Null when it succeeded, else what it said. */
async function guestShare(link: Link, args: string[], signal: AbortSignal): Promise<string | null> {
  const limit = timeLimit(plugLimitMs, signal);
  const { code, stderr } = await link.runText(['/usr/sbin/gantry-share', ...args], limit);
  return code === 0 ? null : stderr.trim();
}
