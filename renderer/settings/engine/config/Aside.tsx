import { Undo2 } from 'lucide-react';
import { valuesOf } from '#contract/engine-config';
import { engineKeys } from '#contract/engine-config-keys';

/** What helps while the file is written: that it is safe, what the key means, what is new. */
export function Aside({ kept, text, known }: { kept: string; text: string; known: string | null }) {
  const about = known !== null && Object.hasOwn(engineKeys, known) ? engineKeys[known] : undefined;
  const changes = changesOf(kept, text);
  return (
    <div className="grid gap-4">
      <div className="card p-4 flex gap-3">
        <Undo2 size={16} className="text-accent-fg shrink-0 mt-0.5" aria-hidden="true" />
        <div>
          <div className="font-strong">A bad file cannot lock you out</div>
          <p className="help mt-1">
            If the engine does not start with it, Gantry puts back the file that worked last and starts it
            again.
          </p>
        </div>
      </div>
      {known !== null && about && (
        <div className="card p-4" aria-live="polite">
          <div className="font-strong mono wrap-anywhere">{known}</div>
          <p className="help mt-1">{about.about}</p>
          {about.example && <div className="cmdbox mt-2 wrap-anywhere">{about.example}</div>}
        </div>
      )}
      {changes.length > 0 && (
        <div>
          <div className="text-12 text-fg3 font-medium mb-1">Changed from the file in use</div>
          <ul className="grid gap-0.5 text-12">
            {changes.map(({ key, what }) => (
              <li key={key} className="wrap-anywhere">
                <span className="mono">{key}</span>, {what}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** Keys that a text changes; none while it cannot be read. */
function changesOf(kept: string, text: string): { key: string; what: string }[] {
  const [before, after] = [valuesOf(kept), valuesOf(text)];
  if (after.size === 0 && text.trim() !== '') return [];
  const gone = [...before.keys()].filter((key) => !after.has(key)).map((key) => ({ key, what: 'taken out' }));
  const other = [...after].flatMap(([key, value]) => {
    const was = before.get(key);
    if (was === value) return [];
    return [{ key, what: was === undefined ? 'new' : `was ${was}` }];
  });
  return [...other, ...gone];
}
