import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import type { FoundRepository } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { Badge } from '#ui/Badge';
import { Button } from '#ui/Button';
import { CopyButton } from '#ui/CopyButton';
import { PlayIcon } from '#ui/icons';
import { Monogram } from '#ui/Monogram';
import { StateGlyph } from '#ui/StateGlyph';
import { api, client } from '../data/client';
import { useClock } from '../data/clock';
import { showProblem } from '../data/problems';
import { useEngine, useImages } from '../data/projection';
import { openRun } from '../run/store';
import { Term } from '../terms/Term';
import { useCommandStrip } from '../ui/commandStrip';
import { About } from './About';
import { endOfLife } from './endOfLife';
import { ImageFacts } from './ImageFacts';
import { PullProgress, usePullOf } from './PullProgress';
import { PullsLeftNote } from './PullsLeft';
import { shortName } from './results';
import { TagsSection } from './TagsSection';
import { TrustBadge } from './TrustBadge';

/** One repository: its tags, what the chosen one is, and Pull and Run for it. */
export function RepositoryPane({
  repository,
  wantedTag,
  digest,
}: {
  repository: FoundRepository;
  /** The tag that was typed with the name. */
  wantedTag: string | null;
  digest: string | null;
}) {
  const { reference } = repository;
  const [picked, setPicked] = useState<string | null>(null);
  const [first, setFirst] = useState<string | null>(null);
  const tag = picked ?? first ?? wantedTag;
  const image =
    digest !== null && picked === null ? `${reference}@${digest}` : `${reference}:${tag ?? 'latest'}`;
  const pulling = usePullOf(image) !== undefined;
  const here = useImages().some(({ tags }) => tags.includes(image));
  const engine = useEngine();
  const away = engine.status === 'connected' ? undefined : 'No engine is connected';
  const argv = commandArguments(commands.images.pull(image));
  useCommandStrip({ same: argv, lead: 'Pull would run' });
  return (
    <section
      aria-label={shortName(repository)}
      className="min-w-0 min-h-0 flex-1 flex flex-col overflow-y-auto"
    >
      <div className="p-5 pb-3">
        <div className="flex items-center gap-3 max-[799px]:flex-wrap">
          <Monogram name={shortName(repository)} size={40} />
          <div className="min-w-0 flex-1 max-[799px]:basis-[calc(100%-52px)]">
            <div className="flex items-center gap-2 min-w-0 max-[799px]:flex-wrap">
              <h2 className="text-16 font-strong truncate">{shortName(repository)}</h2>
              <TrustBadge trust={repository.trust} />
              <Term id={repository.trust === 'official' ? 'official' : 'repository'} />
              {here && <Badge>On this computer</Badge>}
            </div>
            <div className="text-12 text-fg3 flex items-center gap-1 min-w-0">
              <span className="truncate select-text">
                {fullName(repository)}
                {isNamedApart(repository) && (
                  <>
                    , by <bdi>{repository.publisher}</bdi>
                  </>
                )}
              </span>
              <CopyButton label="Copy the image’s name" text={image} />
            </div>
          </div>
          <span className="flex gap-2 shrink-0">
            <Button
              icon={<Download size={15} />}
              busy={pulling}
              disabledReason={away}
              preview={{ label: 'Pull', argv }}
              onPress={() => void client.images.pull({ reference: image }).catch(showProblem)}
            >
              Pull
            </Button>
            <Button
              variant="primary"
              icon={<PlayIcon />}
              disabledReason={away}
              onPress={() => openRun(image)}
            >
              Run…
            </Button>
          </span>
        </div>
        <div className="grid gap-2 mt-3 empty:hidden">
          <PullProgress reference={image} />
          <PullsLeftNote source={repository.source} />
          <EndOfLifeNote reference={reference} tag={tag} onUse={setPicked} />
          <ArchivedNote repository={repository} />
        </div>
      </div>
      <TagsSection
        repository={repository}
        wantedTag={wantedTag}
        chosen={digest !== null && picked === null ? null : tag}
        arch={engine.facts?.arch ?? null}
        onChoose={setPicked}
        onFirst={setFirst}
      />
      {tag !== null && <ImageFacts source={repository.source} repository={repository.repository} tag={tag} />}
      <About repository={repository} />
    </section>
  );
}

const fullName = ({ source, repository, reference }: FoundRepository) =>
  source === 'hub' ? `docker.io/${repository}` : reference;

/** Whether the publisher's name tells more than the repository's own. */
const isNamedApart = ({ publisher, repository, reference }: FoundRepository) =>
  publisher !== '' && ![...reference.split('/'), ...repository.split('/')].includes(publisher);

function EndOfLifeNote({
  reference,
  tag,
  onUse,
}: {
  reference: string;
  tag: string | null;
  onUse: (tag: string) => void;
}) {
  const ended = endOfLife(reference, tag ?? '', useClock());
  const newer = useQuery(api.discover.catalogue.queryOptions()).data?.find(
    (entry) => entry.reference === reference,
  )?.tag;
  if (ended === null || tag === null) return null;
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return (
    <p className="rounded-7 bg-warn-soft px-3 py-2 flex gap-2.5 items-start">
      <span className="pt-[3px]">
        <StateGlyph state="unhealthy" />
      </span>
      <span className="min-w-0">
        <b className="font-strong">{tag} gets no more free security updates.</b>{' '}
        <span className="text-fg2">
          They ended in {month.format(ended)}. Use it to reproduce old behaviour, not to face the internet.
        </span>{' '}
        {newer && (
          <Button variant="link" onPress={() => onUse(newer)}>
            Use {newer} instead
          </Button>
        )}
      </span>
    </p>
  );
}

function ArchivedNote({ repository: { archived } }: { repository: FoundRepository }) {
  if (!archived) return null;
  return (
    <p className="rounded-7 bg-warn-soft px-3 py-2 text-fg2">
      Its publisher has archived this repository: it gets no more updates.
    </p>
  );
}
