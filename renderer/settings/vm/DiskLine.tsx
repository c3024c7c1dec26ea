import { useState } from 'react';
import type { VmUsage } from '#contract';
import { Button } from '#ui/Button';
import { client } from '../../data/client';
import { showProblem } from '../../data/problems';
import { formatMemory } from '../../ui/format';
import { tip } from '../../ui/tip';
import { showToast } from '../../ui/toasts';

/** What the disk takes here and in the VM, and the button that gives back the difference. */
export function DiskLine({
  disk: { hostBytes, guestUsedBytes },
  onTrimmed,
}: {
  disk: NonNullable<VmUsage['disk']>;
  onTrimmed: () => void;
}) {
  const [busy, setBusy] = useState(false);
  async function reclaim() {
    setBusy(true);
    try {
      const { freedBytes } = await client.vm.trimDisk();
      showToast({
        kind: 'success',
        title: freedBytes > 0 ? `${formatMemory(freedBytes)} given back` : 'There was nothing to give back',
        text: freedBytes > 0 ? 'The file of the VM’s disk is smaller by that.' : undefined,
      });
      onTrimmed();
    } catch (error) {
      showProblem(error, () => void reclaim());
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="flex items-center gap-x-3 gap-y-1 flex-wrap text-12 mt-1.5">
      <span className="text-fg2 num" {...tip('Room that the file takes on this computer')}>
        {formatMemory(hostBytes)} used here
        {guestUsedBytes !== null && `, ${formatMemory(guestUsedBytes)} in the VM`}
      </span>
      <Button
        variant="link"
        className="text-12"
        busy={busy}
        tooltip="Gives room that images and volumes no longer use back to this computer"
        onPress={() => void reclaim()}
      >
        {busy ? 'Reclaiming…' : 'Reclaim'}
      </Button>
    </div>
  );
}
