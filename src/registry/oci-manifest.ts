import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FoundTag, RemoteImage } from '#contract';
import { readJson } from './http';
import type { OciConnection } from './oci-connection';
import { notUnderstood } from './problems';
import { plainLine } from './text';

const accept = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
const maxConfigBytes = 8 * 1024 * 1024;

const digest = z.string().regex(/^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/);
const descriptor = z.object({ digest, size: z.number().nonnegative() });
const platform = z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() });
const index = z.object({ manifests: z.array(descriptor.extend({ platform: platform.optional() })) });
const manifest = z.object({ config: descriptor, layers: z.array(descriptor) });
const config = platform.partial().extend({
  created: z.string().nullish(),
  config: z
    .object({
      Entrypoint: z.array(z.string()).nullish(),
      Cmd: z.array(z.string()).nullish(),
      ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
});
type Manifest = z.infer<typeof manifest>;
type Config = z.infer<typeof config>;

/** What this computer's engine runs, in image notation. */
export interface Platform {
  os: string;
  arch: string;
}

const compressedBytes = (of: Manifest) => [of.config, ...of.layers].reduce((sum, { size }) => sum + size, 0);

const lines = (texts: string[] | null | undefined) => (texts ?? []).map((text) => plainLine(text, 2_000));

const instantOf = (text: string | null | undefined) => {
  const at = Date.parse(text ?? '');
  // Reproducible builds write the beginning of 1970 (or year 1), which is no date.
  return at > 0 ? at : null;
};

/** Reads the manifests of one repository. */
export class OciRepository {
  constructor(
    private readonly connection: OciConnection,
    private readonly repository: string,
  ) {}

  /** Digest, platforms and size of a tag. Of an index, only this computer's image is asked for its size. */
  async tag(name: string, here: Platform, signal: AbortSignal): Promise<FoundTag> {
    const top = await this.#manifest(name, signal);
    const own = await this.#own(top.value, here, signal);
    const downloadBytes = own.manifest ? compressedBytes(own.manifest) : null;
    const platforms =
      own.entries ?? (own.manifest ? [await this.#platformOf(own.manifest, top.digest, signal)] : []);
    return {
      name,
      digest: top.digest,
      downloadBytes,
      pushedAt: null,
      platforms: platforms.map((entry) => ({
        ...entry,
        sizeBytes: entry.digest === own.digest || !own.entries ? downloadBytes : null,
      })),
    };
  }

  /** How an image starts, from its config. */
  async image(name: string, here: Platform, signal: AbortSignal): Promise<RemoteImage> {
    const top = await this.#manifest(name, signal);
    const own = await this.#own(top.value, here, signal, true);
    if (!own.manifest) throw notUnderstood(this.connection.host, 'The list names no image.');
    const { config: run, created } = await this.#config(own.manifest, signal);
    return {
      layers: own.manifest.layers.length,
      downloadBytes: compressedBytes(own.manifest),
      entrypoint: lines(run?.Entrypoint),
      command: lines(run?.Cmd),
      exposedPorts: lines(Object.keys(run?.ExposedPorts ?? {})),
      createdAt: instantOf(created),
    };
  }

  /** The manifest for this computer, behind an index or itself the top. `orAny` takes the first when none fits. */
  async #own(value: z.infer<typeof index> | Manifest, here: Platform, signal: AbortSignal, orAny = false) {
    if ('config' in value) return { manifest: value, digest: null, entries: null };
    const entries = value.manifests.flatMap(({ digest: of, platform: is }) =>
      // Attestations stand in an index as platform unknown/unknown.
      is && is.os !== 'unknown'
        ? [
            {
              os: plainLine(is.os),
              arch: plainLine(is.architecture),
              variant: plainLine(is.variant ?? ''),
              digest: of,
            },
          ]
        : [],
    );
    const fits = entries.filter(({ os, arch }) => os === here.os && arch === here.arch);
    const chosen =
      fits.find(({ variant }) => variant === 'v7' || variant === '') ??
      fits[0] ??
      (orAny ? entries[0] : undefined);
    if (!chosen) return { manifest: null, digest: null, entries };
    const { value: found } = await this.#manifest(chosen.digest, signal);
    return { manifest: 'config' in found ? found : null, digest: chosen.digest, entries };
  }

  async #platformOf(of: Manifest, at: string, signal: AbortSignal) {
    const { os, architecture, variant } = await this.#config(of, signal);
    return {
      os: plainLine(os ?? ''),
      arch: plainLine(architecture ?? ''),
      variant: plainLine(variant ?? ''),
      digest: at,
    };
  }

  async #manifest(reference: string, signal: AbortSignal) {
    const answer = await this.#get(`manifests/${reference}`, reference, signal, accept);
    // The digest is counted here, so that it names what was read.
    const counted = `sha256:${createHash('sha256').update(answer.body).digest('hex')}`;
    if (reference.startsWith('sha256:') && reference !== counted) {
      throw notUnderstood(this.connection.host, `It answered with another manifest than ${reference}.`);
    }
    return { value: readJson(answer, z.union([manifest, index])), digest: counted };
  }

  async #config({ config: { digest: at } }: Manifest, signal: AbortSignal): Promise<Config> {
    return readJson(await this.#get(`blobs/${at}`, at, signal), config);
  }

  #get(path: string, reference: string, signal: AbortSignal, types?: string) {
    const { repository } = this;
    const separator = reference.includes(':') ? '@' : ':';
    return this.connection.get({
      path: `/v2/${repository}/${path}`,
      scope: `repository:${repository}:pull`,
      what: `${repository}${separator}${reference}`,
      signal,
      maxBytes: maxConfigBytes,
      ...(types ? { accept: types } : {}),
    });
  }
}
