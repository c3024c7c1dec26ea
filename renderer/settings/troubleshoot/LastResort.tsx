import { type ReactNode, useState } from 'react';
import { Button } from '#ui/Button';
import { client } from '../../data/client';
import { showProblem } from '../../data/problems';
import { useVm } from '../../data/vm';
import { useVmOrders } from '../../engine/useVmOrders';
import { useForgetSettings } from '../advanced/useForgetSettings';
import { ResetDialog } from '../engine/ResetDialog';

/** From harmless to thorough; the reset comes last and offers to save the volumes first. */
export function LastResort({ onForgotten }: { onForgotten: () => void }) {
  const vm = useVm();
  const { orders, dialog } = useVmOrders(vm);
  const [resetting, setResetting] = useState(false);
  const forget = useForgetSettings(onForgotten);
  const restart = orders.find(({ verb }) => verb === 'restart');

  return (
    <section className="card divide-y divide-line" aria-labelledby="last-resort">
      <div className="px-5 py-2 flex items-baseline gap-2.5">
        <h3 className="h2" id="last-resort">
          If nothing else helps
        </h3>
        <span className="help">from harmless to thorough, in this order</span>
      </div>
      {restart ? (
        <Row title="Restart the engine" help="Containers stop with it. Nothing is lost.">
          <Button size="sm" onPress={restart.act}>
            {restart.label}
          </Button>
        </Row>
      ) : (
        <Row title="Connect again" help="Gantry looks for the engine once more. Containers go on.">
          <Button size="sm" onPress={() => void client.engine.reconnect().catch(showProblem)}>
            Connect again
          </Button>
        </Row>
      )}
      <Row
        title="Forget Gantry’s settings"
        help="Containers, images and volumes stay, and so do sign-ins. The old file is kept beside the new one."
      >
        <Button size="sm" onPress={forget.ask}>
          Forget settings…
        </Button>
      </Row>
      {vm && vm.status !== 'absent' && (
        <Row
          title="Reset to a fresh start"
          help="Deletes the VM’s disk with all its containers, images and volumes. You see which first, and can save the volumes."
        >
          <Button size="sm" className="!text-danger-fg" onPress={() => setResetting(true)}>
            Reset…
          </Button>
        </Row>
      )}
      {dialog}
      {forget.dialog}
      {resetting && <ResetDialog onClose={() => setResetting(false)} />}
    </section>
  );
}

function Row({ title, help, children }: { title: string; help: string; children: ReactNode }) {
  return (
    <div className="flex items-center gap-4 px-5 py-2">
      <div className="min-w-0">
        <div className="font-medium">{title}</div>
        <div className="help">{help}</div>
      </div>
      <span className="ml-auto shrink-0">{children}</span>
    </div>
  );
}
