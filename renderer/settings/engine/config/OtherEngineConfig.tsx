import { useQuery } from '@tanstack/react-query';
import type { EngineConfiguration } from '#contract';
import { CopyButton } from '#ui/CopyButton';
import { classes } from '#ui/classes';
import { Loading } from '#ui/Loading';
import { ProblemBanner } from '#ui/ProblemView';
import { StateGlyph } from '#ui/StateGlyph';
import { api } from '../../../data/client';
import { problemOf, runAction } from '../../../data/problems';
import { useEngine } from '../../../data/projection';
import { JsonEditor } from './JsonEditor';
import { configRows } from './rows';

/** How an engine that is not Gantry's own was set up: only to be read. */
export function OtherEngineConfig() {
  const { status, endpoint, since } = useEngine();
  return (
    <section aria-labelledby="other-config" className="mt-7">
      <h3 className="h2 mb-2" id="other-config">
        Configuration
        <span className="ml-3 text-13 font-normal text-fg3">
          {endpoint && status === 'connected' ? `what ${endpoint.label} says of itself, to be read only` : ''}
        </span>
      </h3>
      {endpoint && status === 'connected' ? (
        // Another engine, or the same one after a restart, is asked anew.
        <Said key={`${endpoint.host} ${since}`} />
      ) : (
        <p className="help">It is shown here while an engine is connected.</p>
      )}
    </section>
  );
}

function Said() {
  const said = useQuery({ ...api.engine.configuration.queryOptions(), staleTime: 0, gcTime: 0 });
  if (said.error) {
    return (
      <ProblemBanner
        problem={problemOf(said.error)}
        onAction={(action) => (action.kind === 'retry' ? void said.refetch() : void runAction(action))}
      />
    );
  }
  if (!said.data) return <Loading />;
  return (
    <div className="grid gap-3">
      <Warnings warnings={said.data.warnings} />
      <Rows said={said.data} />
      <ConfigFile file={said.data.file} />
    </div>
  );
}

function Warnings({ warnings }: Pick<EngineConfiguration, 'warnings'>) {
  if (warnings.length === 0) return null;
  return (
    <ul aria-label="Warnings of the engine" className="rounded-10 bg-warn-soft px-3.5 py-2.5 grid gap-1.5">
      {warnings.map((warning) => (
        <li key={warning} className="flex gap-2.5">
          <span className="pt-[3px] shrink-0">
            <StateGlyph state="unhealthy" />
          </span>
          <span className="min-w-0 wrap-anywhere select-text">{warning}</span>
        </li>
      ))}
    </ul>
  );
}

function Rows({ said }: { said: EngineConfiguration }) {
  return (
    <dl
      aria-label="Settings of the engine"
      className="card px-4 py-1.5 grid grid-cols-[184px_minmax(0,1fr)] gap-x-4"
    >
      {configRows(said).map(({ key, values, words }) => (
        <div key={key} className="grid grid-cols-subgrid col-span-2 py-1.5 not-first:border-t border-line">
          <dt className="mono text-fg2">{key}</dt>
          <dd className="min-w-0 select-text">
            {values.map((value) => (
              <span key={value} className={classes('block wrap-anywhere', words ? 'text-fg2' : 'mono')}>
                {value}
              </span>
            ))}
          </dd>
        </div>
      ))}
      {said.parts.length > 0 && (
        <div className="grid grid-cols-subgrid col-span-2 py-1.5 border-t border-line">
          <dt className="text-fg2">Versions</dt>
          <dd className="min-w-0 select-text wrap-anywhere">
            {said.parts.map(({ name, version }) => `${name} ${version}`).join(', ')}
          </dd>
        </div>
      )}
    </dl>
  );
}

function ConfigFile({ file: { path, text, about } }: Pick<EngineConfiguration, 'file'>) {
  return (
    <section className="card overflow-hidden" aria-label="The engine’s file">
      <div className="flex items-center gap-3 px-4 py-2 min-h-10">
        <div className="min-w-0">
          {path !== null && <bdi className="mono wrap-anywhere block">{path}</bdi>}
          <p className="help">{about}</p>
        </div>
        {text !== null && (
          <span className="ml-auto shrink-0">
            <CopyButton label="Copy the file" text={() => text} />
          </span>
        )}
      </div>
      {text !== null && (
        <div className="border-t border-line">
          <JsonEditor label="daemon.json" value={text} />
        </div>
      )}
    </section>
  );
}
