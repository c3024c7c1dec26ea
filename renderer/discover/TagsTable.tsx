import { Check } from 'lucide-react';
import { useMemo } from 'react';
import type { FoundTag } from '#contract';
import { Badge } from '#ui/Badge';
import { type Column, DataTable } from '#ui/DataTable';
import { formatAgo, formatBytes, formatExact, shortId } from '#ui/format';
import { cutTip, tip } from '#ui/tip';

/** A tag with whether it is the chosen one: a row is drawn again when this object is another. */
interface TagRow {
  tag: FoundTag;
  chosen: boolean;
}

/** The tags of a repository; Enter or a click chooses one for Pull and Run. */
export function TagsTable({
  tags,
  chosen,
  arch,
  onChoose,
  onVisible,
  empty,
}: {
  tags: readonly FoundTag[];
  chosen: string | null;
  /** This computer's processor, in image notation. */
  arch: string;
  onChoose: (tag: string) => void;
  onVisible: (names: readonly string[]) => void;
  empty: React.ReactNode;
}) {
  const rows = useMemo(
    () => tags.map((tag): TagRow => ({ tag, chosen: tag.name === chosen })),
    [tags, chosen],
  );
  const dated = tags.some(({ pushedAt }) => pushedAt !== null);
  const columns = useMemo(() => columnsFor(arch).filter(({ id }) => dated || id !== 'pushed'), [arch, dated]);
  return (
    <DataTable
      label="Tags"
      items={rows}
      id={({ tag }) => tag.name}
      name={({ tag }) => tag.name}
      columns={columns}
      selected={new Set(chosen === null ? [] : [chosen])}
      onOpen={({ tag }) => onChoose(tag.name)}
      onVisible={onVisible}
      empty={empty}
    />
  );
}

const columnsFor = (arch: string): readonly Column<TagRow>[] => [
  {
    id: 'chosen',
    header: '',
    width: 34,
    cell: ({ chosen }) => (
      <span className="grid place-items-center">
        <span className={chosen ? 'rb on' : 'rb'} aria-hidden="true" />
        <span className="sr-only">{chosen ? 'Chosen' : ''}</span>
      </span>
    ),
  },
  {
    id: 'tag',
    header: 'Tag',
    width: 'minmax(96px, 1fr)',
    cell: ({ tag }) => (
      <span className="mono font-semibold truncate block" {...cutTip(tag.name)}>
        {tag.name}
      </span>
    ),
  },
  {
    id: 'download',
    header: 'Download',
    width: 82,
    cell: ({ tag }) => (
      <span
        className="num"
        {...tip(tag.downloadBytes === null ? undefined : 'Compressed, as it is downloaded')}
      >
        {tag.downloadBytes === null ? <Unknown /> : formatBytes(tag.downloadBytes)}
      </span>
    ),
  },
  {
    id: 'platforms',
    header: 'Platforms',
    width: 'minmax(150px, 208px)',
    cell: ({ tag }) => <Platforms tag={tag} arch={arch} />,
  },
  {
    id: 'digest',
    header: 'Digest',
    width: 106,
    hideBelow: 1180,
    cell: ({ tag }) => (
      <span className="mono text-fg3" {...tip(tag.digest ?? undefined)}>
        {tag.digest === null ? <Unknown /> : shortId(tag.digest)}
      </span>
    ),
  },
  {
    id: 'pushed',
    header: 'Pushed',
    width: 98,
    hideBelow: 1060,
    cell: ({ tag }) => (
      <span className="text-fg3" {...tip(tag.pushedAt === null ? undefined : formatExact(tag.pushedAt))}>
        {tag.pushedAt === null ? <Unknown /> : briefDate(tag.pushedAt)}
      </span>
    ),
  },
];

const thisYear = new Date().getFullYear();

/** Long ago, the year alone tells enough; the tooltip has the rest. */
function briefDate(at: number): string {
  const year = new Date(at).getFullYear();
  return year < thisYear - 1 ? String(year) : formatAgo(at);
}

const Unknown = () => (
  <span className="text-fg3">
    <span aria-hidden="true">–</span>
    <span className="sr-only">not told</span>
  </span>
);

const shownPlatforms = 3;

function Platforms({ tag, arch }: { tag: FoundTag; arch: string }) {
  const names = [...new Set(tag.platforms.map(platformName))];
  if (names.length === 0) return <Unknown />;
  const fits = (name: string) => name.split('/')[0] === arch;
  const ordered = [...names.filter(fits), ...names.filter((name) => !fits(name))];
  const rest = ordered.slice(shownPlatforms);
  return (
    <span className="flex gap-1 overflow-hidden">
      {ordered.slice(0, shownPlatforms).map((name) =>
        fits(name) ? (
          <Badge
            key={name}
            tone="accent"
            icon={<Check size={11} strokeWidth={2.5} aria-label="This computer’s:" />}
          >
            {name}
          </Badge>
        ) : (
          <Badge key={name}>{name}</Badge>
        ),
      )}
      {rest.length > 0 && <Badge tooltip={rest.join(', ')}>+{rest.length}</Badge>}
    </span>
  );
}

/** `arm/v7`; the variant of arm64 is always v8 and goes without saying, as does linux. */
function platformName({ os, arch, variant }: FoundTag['platforms'][number]): string {
  const processor = variant === '' || arch === 'arm64' ? arch : `${arch}/${variant}`;
  return os === 'linux' ? processor : `${os} ${processor}`;
}
