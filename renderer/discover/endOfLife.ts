import table from '#assets/end-of-life.json';

interface Version {
  version: string;
  codename?: string;
  /** ISO date of the last free security update. */
  end: string;
}

const known = new Map<string, readonly Version[]>(Object.entries(table));

const isVersion = (tag: string, version: string) =>
  tag === version || tag.startsWith(`${version}.`) || tag.startsWith(`${version}-`);

/** When the free security updates of a tag ended, in ms since 1970; null when they go on or nobody here knows. */
export function endOfLife(reference: string, tag: string, now: number): number | null {
  const found = known
    .get(reference)
    ?.find(
      ({ version, codename }) =>
        isVersion(tag, version) || (codename !== undefined && isVersion(tag, codename)),
    );
  const end = found ? Date.parse(found.end) : Number.NaN;
  return end < now ? end : null;
}
