import type { Guest } from './guest';

/** Lets containers reach this computer, or no longer, while the guest runs (src/guest/host-access.sh). */
export async function setHostAccess({ link, signal }: Guest, allowed: boolean): Promise<void> {
  const order = ['/usr/sbin/gantry-host-access', allowed ? 'on' : 'off'];
  const { code, stderr } = await link.runText(order, signal);
  if (code !== 0) throw new Error(`The guest's way to this computer could not be changed: ${stderr.trim()}`);
}
