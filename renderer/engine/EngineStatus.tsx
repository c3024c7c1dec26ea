import type { EngineState } from '#contract';
import { useEngine } from '../data/projection';
import { EnginePanel } from '../shell/EnginePanel';
import { navigate } from '../shell/router';
import type { StateName } from '../ui/StateGlyph';

const STATES: Record<EngineState['status'], { glyph: StateName; title: string }> = {
  connecting: { glyph: 'busy', title: 'Connecting…' },
  connected: { glyph: 'running', title: 'Connected' },
  reconnecting: { glyph: 'restarting', title: 'Reconnecting…' },
  off: { glyph: 'exited', title: 'No engine' },
};

/** The sidebar's engine panel, fed by the projection. */
export function EngineStatus() {
  const engine = useEngine();
  const { glyph, title } = STATES[engine.status];
  const connected = engine.status === 'connected';
  return (
    <EnginePanel
      state={glyph}
      title={connected ? (engine.endpoint?.label ?? title) : title}
      detail={engineDetail(engine)}
      onPress={() => navigate({ page: 'home' })}
    />
  );
}

function engineDetail(engine: EngineState): string | undefined {
  if (engine.status === 'connected' && engine.facts) return `Engine ${engine.facts.version}`;
  return engine.problem?.title ?? engine.endpoint?.label;
}
