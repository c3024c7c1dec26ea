import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CatalogueEntry, DiscoverSource } from '#contract';
import { Button } from '#ui/Button';
import { PlayIcon } from '#ui/icons';
import { Monogram } from '#ui/Monogram';
import { SegmentedControl } from '#ui/SegmentedControl';
import { api } from '../data/client';
import { openRun } from '../run/store';
import { AskedHosts } from './SourceNotes';

const all = 'All';

/** What Discover shows before anything is typed: images that are good to begin with, by what they are. */
export function CatalogueView({
  sources,
  onOpen,
}: {
  sources: readonly DiscoverSource[];
  onOpen: (entry: CatalogueEntry) => void;
}) {
  const catalogue = useQuery(api.discover.catalogue.queryOptions()).data ?? [];
  const [category, setCategory] = useState(all);
  const categories = [...new Set(catalogue.map((entry) => entry.category))];
  const shown = categories.filter((name) => category === all || name === category);
  return (
    <div className="flex-1 min-h-0 overflow-y-auto border-t border-line px-6 py-4 flex flex-col gap-5">
      <div className="overflow-x-auto py-px shrink-0">
        <SegmentedControl
          label="Kind of image"
          size="sm"
          value={category}
          onChange={setCategory}
          segments={[all, ...categories].map((value) => ({ value, label: value }))}
        />
      </div>
      {shown.map((name) => (
        <section key={name} aria-label={name} className="shrink-0">
          <h2 className="h2 mb-2">{name}</h2>
          <ul className="grid gap-2.5 grid-cols-[repeat(auto-fill,minmax(264px,1fr))]">
            {catalogue
              .filter((entry) => entry.category === name)
              .map((entry) => (
                <CatalogueCard key={entry.reference} entry={entry} onOpen={() => onOpen(entry)} />
              ))}
          </ul>
        </section>
      ))}
      <div className="text-12 text-fg3">
        <AskedHosts sources={sources} />
      </div>
    </div>
  );
}

function CatalogueCard({ entry, onOpen }: { entry: CatalogueEntry; onOpen: () => void }) {
  const { name, purpose, reference, tag } = entry;
  return (
    <li className="card p-3 flex gap-3 relative hover:bg-hover">
      <Monogram name={name} size={34} />
      <div className="min-w-0 flex-1 flex flex-col">
        <button
          type="button"
          className="card-open font-strong text-left truncate block w-full"
          onClick={onOpen}
        >
          {name}
        </button>
        <p className="text-12 text-fg2 line-clamp-2">{purpose}</p>
        <div className="flex items-center gap-2 mt-auto pt-1.5 min-w-0">
          <span className="mono text-11 text-fg3 truncate flex-1 min-w-0">
            {reference}:{tag}
          </span>
          <span className="relative">
            <Button
              size="sm"
              icon={<PlayIcon size={12} />}
              aria-label={`Run ${name}…`}
              onPress={() => openRun(`${reference}:${tag}`)}
            >
              Run…
            </Button>
          </span>
        </div>
      </div>
    </li>
  );
}
