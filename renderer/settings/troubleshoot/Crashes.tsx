import { useQuery } from '@tanstack/react-query';
import type { CrashedPart } from '#contract';
import { Fold } from '#ui/Fold';
import { plural } from '#ui/format';
import { Said } from '#ui/Said';
import { api } from '../../data/client';

const parts: Record<CrashedPart, string> = {
  page: 'The page',
  backend: 'The background process',
  main: 'Gantry itself',
};

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** Reports of what crashed; nothing where nothing did. */
export function Crashes() {
  const { data: crashes = [] } = useQuery(api.diagnostics.crashes.queryOptions({ staleTime: 0 }));
  if (crashes.length === 0) return null;
  return (
    <section className="card px-4 py-1" aria-labelledby="crashes">
      <div className="flex items-baseline gap-2.5 py-2">
        <h3 className="h2" id="crashes">
          {plural(crashes.length, 'crash', 'crashes')}
        </h3>
        <span className="help">The newest ten are kept. They are in the report for a colleague, too.</span>
      </div>
      <ul className="divide-y divide-line border-t border-line" aria-label="Reports of crashes">
        {crashes.map(({ at, part, text }, index) => (
          <li key={`${at} ${part}`} className="py-2">
            <Fold title={`${parts[part]}, ${time.format(at)}`} open={index === 0}>
              <Said label={`Report of the crash, ${time.format(at)}`} text={text} />
            </Fold>
          </li>
        ))}
      </ul>
    </section>
  );
}
