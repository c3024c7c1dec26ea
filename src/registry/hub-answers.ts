import { z } from 'zod';
import type { FoundRepository, FoundTag } from '#contract';
import { plainLine } from './text';

const text = z.string().nullish();

/** Counts come as numbers or rounded, as on the site: `1B+`, `500K+`, `1.2M`. */
const count = z.union([z.number(), z.string()]).nullish();

export function readCount(value: z.infer<typeof count>): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  const match = /^\s*([\d.]+)\s*([KMB]?)\+?\s*$/i.exec(value.replaceAll(',', ''));
  if (!match) return null;
  const factor = { '': 1, K: 1e3, M: 1e6, B: 1e9 }[(match[2] ?? '').toUpperCase()] ?? 1;
  return Math.round(Number(match[1]) * factor);
}

export function readInstant(value: string | null | undefined): number | null {
  const at = Date.parse(value ?? '');
  return at > 0 ? at : null;
}

const named = z.union([z.string(), z.object({ name: z.string().nullish(), label: z.string().nullish() })]);
const readNamed = (value: z.infer<typeof named>) =>
  typeof value === 'string' ? value : (value.name ?? value.label ?? '');

export const searchV4 = z.object({
  total: z.number(),
  results: z.array(
    z.object({
      name: z.string(),
      slug: text,
      publisher: named.nullish(),
      updated_at: text,
      short_description: text,
      badge: text,
      star_count: count,
      pull_count: count,
      architectures: z.array(named).nullish(),
      archived: z.boolean().nullish(),
    }),
  ),
});

const trustOfBadge = new Map<string, FoundRepository['trust']>([
  ['official', 'official'],
  ['verified_publisher', 'verified'],
  ['open_source', 'sponsored'],
]);

const withNamespace = (name: string) => (name.includes('/') ? name : `library/${name}`);
const familiar = (repository: string) => repository.replace(/^library\//, '');
/** The publisher's part of a repository's name. */
const namespaceOf = (repository: string) =>
  repository.startsWith('library/') ? 'Docker Official Images' : (repository.split('/')[0] ?? '');

export function readV4(found: z.infer<typeof searchV4>['results'][number]): FoundRepository {
  const repository = withNamespace(found.slug || found.name);
  return {
    source: 'hub',
    repository,
    reference: familiar(repository),
    description: plainLine(found.short_description ?? ''),
    publisher: plainLine(found.publisher ? readNamed(found.publisher) : '') || namespaceOf(repository),
    trust: trustOfBadge.get(found.badge ?? '') ?? 'none',
    pulls: readCount(found.pull_count),
    stars: readCount(found.star_count),
    updatedAt: readInstant(found.updated_at),
    archived: found.archived ?? false,
    architectures: (found.architectures ?? []).map((arch) => plainLine(readNamed(arch), 40)),
  };
}

export const searchV2 = z.object({
  count: z.number().nullish(),
  next: text,
  results: z.array(
    z.object({
      repo_name: z.string(),
      short_description: text,
      star_count: count,
      pull_count: count,
      is_official: z.boolean().nullish(),
    }),
  ),
});

interface Short {
  name: string;
  description: string | null | undefined;
  official: boolean;
  pulls: number | null;
  stars: number | null;
}

/** What the older interfaces tell: no publisher, no date, no processors. */
function readShort({ name, description, official, pulls, stars }: Short): FoundRepository {
  const repository = withNamespace(name);
  return {
    source: 'hub',
    repository,
    reference: familiar(repository),
    description: plainLine(description ?? ''),
    publisher: namespaceOf(repository),
    trust: official ? 'official' : 'none',
    pulls,
    stars,
    updatedAt: null,
    archived: false,
    architectures: [],
  };
}

export const readV2 = (found: z.infer<typeof searchV2>['results'][number]) =>
  readShort({
    name: found.repo_name,
    description: found.short_description,
    official: found.is_official ?? false,
    pulls: readCount(found.pull_count),
    stars: readCount(found.star_count),
  });

/** One result of the engine's `GET /images/search`. */
export interface EngineResult {
  name: string;
  description: string;
  isOfficial: boolean;
  stars: number;
}

export const readEngine = ({ name, description, isOfficial, stars }: EngineResult) =>
  readShort({
    name: name.replace(/^docker\.io\//, ''),
    description,
    official: isOfficial,
    pulls: null,
    stars,
  });

const tagImage = z.object({
  architecture: text,
  os: text,
  variant: text,
  digest: text,
  size: z.number().nullish(),
});
export const tag = z.object({
  name: z.string(),
  full_size: z.number().nullish(),
  last_updated: text,
  tag_last_pushed: text,
  digest: text,
  images: z.array(tagImage).nullish(),
});
export const tagList = z.object({ count: z.number().nullish(), next: text, results: z.array(tag) });

export function readTag(found: z.infer<typeof tag>, here: { os: string; arch: string }): FoundTag {
  const platforms = (found.images ?? [])
    // Attestations are listed as unknown/unknown.
    .filter(({ os }) => os && os !== 'unknown')
    .map((image) => ({
      os: plainLine(image.os ?? '', 40),
      arch: plainLine(image.architecture ?? '', 40),
      variant: plainLine(image.variant ?? '', 40),
      digest: plainLine(image.digest ?? '', 200),
      sizeBytes: image.size ?? null,
    }));
  const own = platforms.find(({ os, arch }) => os === here.os && arch === here.arch);
  return {
    name: found.name,
    digest: found.digest ? plainLine(found.digest, 200) : null,
    downloadBytes: own ? own.sizeBytes : platforms.length === 0 ? (found.full_size ?? null) : null,
    platforms,
    pushedAt: readInstant(found.tag_last_pushed ?? found.last_updated),
  };
}

export const about = z.object({ full_description: text, description: text });
