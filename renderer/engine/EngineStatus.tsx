import { useRef, useState } from 'react';
import type { EngineState } from '#contract';
import { Popover } from '#ui/Popover';
import type { StateName } from '#ui/StateGlyph';
import { useEngine } from '../data/projection';
import { EnginePanel } from '../shell/EnginePanel';
import { EngineDetails } from './EngineDetails';

const STATES: Record<EngineState['status'], { glyph: StateName; title: string }> = {
  connecting: { glyph: 'busy', title: 'Connecting…' },
  connected: { glyph: 'running', title: 'Connected' },
  reconnecting: { glyph: 'restarting', title: 'Reconnecting…' },
  off: { glyph: 'exited', title: 'No engine' },
};

/** The sidebar's engine panel, fed by the projection; a click tells more. */
export function EngineStatus() {
  const engine = useEngine();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const { glyph, title } = STATES[engine.status];
  const shown = engine.status === 'connected' ? (engine.endpoint?.label ?? title) : title;
  return (
    <div ref={anchor}>
      <EnginePanel state={glyph} title={shown} detail={detailOf(engine)} onPress={() => setOpen(true)} />
      <Popover
        label="Engine"
        anchor={anchor}
        open={open}
        onClose={() => setOpen(false)}
        className="w-[340px] max-w-[calc(100vw-24px)]"
      >
        <EngineDetails engine={engine} title={shown} glyph={glyph} onLeave={() => setOpen(false)} />
      </Popover>
    </div>
  );
}

function detailOf(engine: EngineState): string | undefined {
  if (engine.status === 'connected' && engine.facts) return `Engine ${engine.facts.version}`;
  return engine.problem?.title ?? engine.endpoint?.label;
}
