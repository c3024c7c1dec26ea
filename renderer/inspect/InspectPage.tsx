import type { ReactNode } from 'react';
import { useCommandStrip } from '#ui/commandStrip';
import { cutTip } from '#ui/tip';
import { EngineAnswer } from './EngineAnswer';

/** The engine's own words about an object that has no tabs, on a page of their own. */
export function InspectPage({
  name,
  back,
  argv,
  of,
  load,
}: {
  name: string;
  /** The way back to the object: a link. */
  back: ReactNode;
  /** The command that says the same. */
  argv: readonly string[];
  of: readonly string[];
  load: (signal: AbortSignal) => Promise<unknown>;
}) {
  useCommandStrip({ same: argv });
  return (
    <>
      <header className="px-6 pt-3.5 pb-1">
        <nav aria-label="Where it is" className="text-12 text-fg3">
          {back}
        </nav>
        <h1 className="h1 mt-1 truncate" {...cutTip(name)}>
          <bdi>{name}</bdi>
        </h1>
      </header>
      <EngineAnswer of={of} name={name} load={load} />
    </>
  );
}
