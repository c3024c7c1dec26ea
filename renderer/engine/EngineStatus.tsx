import { Power } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { IconButton } from '#ui/IconButton';
import { PlayIcon, StopIcon } from '#ui/icons';
import { IconMenuButton } from '#ui/MenuButton';
import { Popover } from '#ui/Popover';
import { useBeside } from '../data/beside';
import { useClock } from '../data/clock';
import { useEngine } from '../data/projection';
import { useVm } from '../data/vm';
import { EnginePanel } from '../shell/EnginePanel';
import { useTick } from '../tasks/useTick';
import { useCommandContext } from '../ui/commandContext';
import { useChoiceOfOthers, useEngineChoice } from './choice';
import { EnginesPopover } from './EnginesPopover';
import { useVmOrders, type VmOrder } from './useVmOrders';
import { isMoving, lookOfEngine } from './vmWords';

/** Gantry writes this docker context for its VM; the user's current one stays. */
const VM_CONTEXT = 'gantry';

/** The sidebar's engine panel: which engine, how it is, and for the VM what it can be asked. A click tells more. */
export function EngineStatus() {
  const engine = useEngine();
  const vm = useVm();
  const { choice } = useEngineChoice();
  useChoiceOfOthers();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const inVmNow = engine.endpoint?.source === 'Gantry VM';
  const name = (useBeside() && engine.endpoint?.label) ?? null;
  useEffect(
    () => useCommandContext.setState({ context: inVmNow ? VM_CONTEXT : null, engine: name }),
    [inVmNow, name],
  );
  const inVm = choice === 'vm' && vm !== null;
  // A clock of seconds while something is under way, of a quarter of a minute after that.
  const seconds = useTick(inVm && isMoving(vm));
  const now = Math.max(useClock(), seconds);
  const { orders, dialog } = useVmOrders(inVm ? vm : null);
  const { glyph, title, detail } = lookOfEngine(engine, vm, choice, now);
  return (
    <div ref={anchor}>
      <EnginePanel
        state={glyph}
        title={title}
        detail={detail}
        action={<VmButton orders={orders} />}
        onPress={() => setOpen(true)}
      />
      <Popover
        label="Engines"
        anchor={anchor}
        open={open}
        onClose={() => setOpen(false)}
        className="w-[424px] max-w-[calc(100vw-24px)]"
      >
        <EnginesPopover orders={orders} onLeave={() => setOpen(false)} />
      </Popover>
      {dialog}
    </div>
  );
}

const icons: Record<string, ReactNode> = { start: <PlayIcon size={13} />, stop: <StopIcon /> };

/** One order as a button, several behind one. */
function VmButton({ orders }: { orders: readonly VmOrder[] }) {
  const [only] = orders;
  return (
    <>
      {orders.length === 1 && only && (
        <IconButton size="sm" aria-label={only.label} onPress={only.act}>
          {icons[only.verb]}
        </IconButton>
      )}
      {orders.length > 1 && (
        <IconMenuButton
          aria-label="Start, stop or sleep"
          icon={<Power size={14} />}
          items={orders.map(({ verb, label, act }) => ({
            id: verb,
            label,
            icon: icons[verb],
            onAction: act,
          }))}
        />
      )}
    </>
  );
}
