import type {
  CatalogueEntry,
  DiscoverSource,
  FoundTag,
  PullsLeft,
  Registry,
  RemoteImage,
  SearchPage,
  Settings,
  TagPage,
} from '#contract';
import { parseReference } from '#contract/reference';
import { catalogue } from './catalogue';
import { CredentialStore, type Credentials } from './credentials';
import { serverName } from './docker-config';
import { Http, isLoopback, isNotTls } from './http';
import { type EngineSearch, HubSource } from './hub';
import { readPullsLeft } from './hub-pulls';
import { hasCatalog, OciSource } from './oci';
import { OciConnection } from './oci-connection';
import type { Platform } from './oci-manifest';
import { badName, PauseAsked } from './problems';
import { QuaySource } from './quay';
import { isRepository, isTag, type SearchQuestion, type Source, type TagsQuestion } from './source';
import { plainLine } from './text';
import { TtlCache } from './ttl-cache';

export type { EngineSearch } from './hub';

const publicLifetimeMs = 5 * 60_000;
const hubHost = 'docker.io';
const quayHost = 'quay.io';
const hostGrammar =
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;

export interface RegistriesOptions {
  settings: { readonly now: Settings; change(change: Partial<Settings>): Promise<unknown> };
  version: string;
  searchEngine: EngineSearch;
  /** What the engine runs, in image notation. */
  platform(): Platform;
  /** Where things are: other places in tests. */
  addresses?: { hub: string; hubRegistry: string; quay: string };
  env?: NodeJS.ProcessEnv;
}

const publicRegistries = [
  { host: hubHost, name: 'Docker Hub', insecure: false },
  { host: quayHost, name: 'Quay', insecure: false },
];

/** Hosts of the sources that have an id of their own. */
const builtIn: Record<string, string> = { hub: hubHost, quay: quayHost };

const publicAddresses = {
  hub: 'https://hub.docker.com',
  hubRegistry: 'https://registry-1.docker.io',
  quay: 'https://quay.io',
};

/** All places with images, and the sign-ins for them. */
export class Registries {
  readonly #http: Http;
  readonly #cache = new TtlCache();
  readonly #credentials: CredentialStore;
  readonly #addresses: typeof publicAddresses;
  /** By source id. Connections hold tokens, so they live as long as the sign-in does. */
  readonly #sources = new Map<string, Promise<Source>>();

  constructor(private readonly options: RegistriesOptions) {
    this.#http = new Http(options.version);
    this.#credentials = new CredentialStore(options.env);
    this.#addresses = options.addresses ?? publicAddresses;
  }

  /** Sources that the user wants to be asked. */
  sources(): DiscoverSource[] {
    const { registries, hiddenSources } = this.options.settings.now;
    const all: DiscoverSource[] = [
      { id: 'hub', name: 'Docker Hub', host: 'hub.docker.com', searchable: true },
      { id: 'quay', name: 'Quay', host: 'quay.io', searchable: true },
      ...registries.map(({ host, name }) => ({ id: host, name, host, searchable: hasCatalog(host) })),
    ];
    return all.filter(({ id }) => !hiddenSources.includes(id));
  }

  catalogue(): CatalogueEntry[] {
    return [...catalogue];
  }

  async search(input: SearchQuestion & { source: string }, signal: AbortSignal): Promise<SearchPage> {
    const { source, ...question } = input;
    return this.#remember('search', input, signal, async () =>
      (await this.#source(source, signal)).search(question, signal),
    );
  }

  async tags(input: TagsQuestion & { source: string }, signal: AbortSignal): Promise<TagPage> {
    const { source, ...question } = input;
    assertNames(question.repository);
    return this.#remember('tags', input, signal, async () =>
      (await this.#source(source, signal)).tags(question, signal),
    );
  }

  async tag(input: OneTag, signal: AbortSignal): Promise<FoundTag> {
    assertNames(input.repository, input.tag);
    return this.#remember('tag', input, signal, async () =>
      (await this.#source(input.source, signal)).tag(input.repository, input.tag, signal),
    );
  }

  async remoteImage(input: OneTag, signal: AbortSignal): Promise<RemoteImage> {
    assertNames(input.repository, input.tag);
    return this.#remember('image', input, signal, async () =>
      (await this.#source(input.source, signal)).image(input.repository, input.tag, signal),
    );
  }

  async about(input: Omit<OneTag, 'tag'>, signal: AbortSignal): Promise<{ text: string }> {
    assertNames(input.repository);
    const text = await this.#remember('about', input, signal, async () =>
      (await this.#source(input.source, signal)).about(input.repository, signal),
    );
    return { text };
  }

  /** Not remembered: each pull changes it. */
  async pullsLeft(source: string, signal: AbortSignal): Promise<PullsLeft | null> {
    return (await this.#source(source, signal)).pullsLeft(signal);
  }

  /**
   * What this image's registry says of its limit, after it has refused a pull: when it takes the next one, or how many
   * it allows; neither when it says nothing of that.
   */
  async limitOf(
    reference: string,
    signal: AbortSignal,
  ): Promise<{ signedIn: boolean; againAt?: number; pulls?: PullsLeft }> {
    const parsed = parseReference(reference);
    if (!parsed) return { signedIn: false };
    const { host, repository, tag, digest } = parsed;
    const signedIn = (await this.#credentials.get(host)) !== null;
    const image = { repository, tag: digest ?? tag ?? 'latest' };
    try {
      const registry = await this.#registry(host, signal);
      const pulls = await readPullsLeft(registry, signal, host === hubHost ? undefined : image);
      return { signedIn, ...(pulls ? { pulls } : {}) };
    } catch (error) {
      const until = error instanceof PauseAsked ? error.until : null;
      return { signedIn, ...(until === null ? {} : { againAt: until }) };
    }
  }

  /** Docker Hub, Quay, and the registries that the user added, with who is signed in. */
  registries(): Promise<Registry[]> {
    const all = [...publicRegistries, ...this.options.settings.now.registries];
    return Promise.all(all.map((kept) => this.#describe(kept)));
  }

  /** Asks the registry, and keeps it when it answers and takes the sign-in. */
  async addRegistry(
    input: { host: string; name?: string | undefined; credentials?: Credentials | undefined },
    signal: AbortSignal,
  ): Promise<Registry> {
    const host = normalHost(input.host);
    const insecure = await this.#check(
      host,
      input.credentials ?? (await this.#credentials.get(host)),
      signal,
    );
    if (input.credentials) await this.#credentials.store(host, input.credentials);
    const kept = { host, name: plainLine(input.name ?? '', 100) || host, insecure };
    const { settings } = this.options;
    // Docker Hub and Quay are there anyway: for them this is a sign-in.
    if (!publicRegistries.some((other) => other.host === host)) {
      await settings.change({
        registries: [...settings.now.registries.filter((other) => other.host !== host), kept],
      });
    }
    this.#forget();
    return this.#describe(kept);
  }

  /** Takes a registry off the list, with the sign-in that Gantry keeps for it. */
  async removeRegistry(host: string): Promise<void> {
    const { settings } = this.options;
    const credentials = await this.#credentials.get(host);
    if (credentials?.store === 'memory') await this.#credentials.erase(host);
    await settings.change({
      registries: settings.now.registries.filter((other) => other.host !== host),
      hiddenSources: settings.now.hiddenSources.filter((id) => id !== host),
    });
    this.#forget();
  }

  /** Keeps a sign-in for a registry (or for `docker.io`) after the registry has taken it. */
  async signIn(input: { host: string; credentials: Credentials }, signal: AbortSignal): Promise<Registry> {
    const host = normalHost(input.host);
    const insecure = await this.#check(host, input.credentials, signal);
    await this.#credentials.store(host, input.credentials);
    this.#forget();
    const kept = this.options.settings.now.registries.find((other) => other.host === host);
    return this.#describe(kept ?? { host, name: host, insecure });
  }

  async signOut(host: string): Promise<void> {
    await this.#credentials.erase(normalHost(host));
    this.#forget();
  }

  /** The sign-in that a pull of this image needs, in the form in which the engine hands it on. */
  async authFor(
    reference: string,
    signal: AbortSignal,
  ): Promise<{ username: string; password: string; serveraddress: string } | undefined> {
    const host = parseReference(reference)?.host;
    if (host === undefined) return undefined;
    const found = await this.#credentials.get(host);
    signal.throwIfAborted();
    return found
      ? { username: found.username, password: found.password, serveraddress: serverName(host) }
      : undefined;
  }

  #source(id: string, signal: AbortSignal): Promise<Source> {
    const known = this.#sources.get(id);
    if (known) return known;
    const made = this.#make(id, signal);
    this.#sources.set(id, made);
    made.catch(() => this.#sources.delete(id));
    return made;
  }

  async #make(id: string, signal: AbortSignal): Promise<Source> {
    const http = this.#http;
    const host = builtIn[id] ?? normalHost(id);
    const registry = await this.#registry(host, signal);
    const oci = new OciSource(registry, this.#cache, () => this.options.platform());
    if (host === hubHost) {
      const base = new URL(this.#addresses.hub);
      const { searchEngine, platform } = this.options;
      return new HubSource({ http, base, oci, registry, searchEngine, platform });
    }
    return host === quayHost ? new QuaySource({ http, base: new URL(this.#addresses.quay), oci }) : oci;
  }

  /** The registry of this host, from which the engine pulls. */
  async #registry(host: string, signal: AbortSignal): Promise<OciConnection> {
    if (host === hubHost) return this.#connection(host, new URL(this.#addresses.hubRegistry));
    if (host === quayHost) return this.#connection(host, new URL(this.#addresses.quay));
    const kept = this.options.settings.now.registries.find((other) => other.host === host);
    const insecure = kept ? kept.insecure : await this.#check(host, null, signal);
    return this.#connection(host, addressOf(host, insecure));
  }

  #connection(host: string, base: URL): OciConnection {
    return new OciConnection({ http: this.#http, host, base, credentials: this.#credentials });
  }

  /** Asks whether there is a registry which takes this sign-in. @returns whether it speaks plain HTTP */
  async #check(host: string, credentials: Credentials | null, signal: AbortSignal): Promise<boolean> {
    const at = (base: URL) =>
      new OciConnection({ http: this.#http, host, base, credentials: this.#credentials }).check(
        credentials,
        signal,
      );
    if (host === hubHost) {
      await at(new URL(this.#addresses.hubRegistry));
      return false;
    }
    try {
      await at(addressOf(host, false));
      return false;
    } catch (error) {
      if (!isNotTls(error) || !isLoopback(addressOf(host, true).hostname)) throw error;
      await at(addressOf(host, true));
      return true;
    }
  }

  async #describe({ host, name, insecure }: Settings['registries'][number]): Promise<Registry> {
    const found = await this.#credentials.get(host);
    return {
      host,
      name,
      insecure,
      signedInAs: found ? plainLine(found.username, 200) : null,
      credentialStore: found?.store ?? null,
    };
  }

  /** Registries of the user change under his hands, so only answers of the public ones are kept for longer. */
  #remember<T>(
    what: string,
    input: { source: string },
    signal: AbortSignal,
    ask: () => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    if (!['hub', 'quay'].includes(input.source)) return ask();
    return this.#cache.remember(`${what} ${JSON.stringify(input)}`, publicLifetimeMs, ask);
  }

  #forget(): void {
    this.#cache.clear();
    this.#sources.clear();
  }
}

interface OneTag {
  source: string;
  repository: string;
  tag: string;
}

function assertNames(repository: string, tag?: string): void {
  if (!isRepository(repository)) throw badName(repository);
  if (tag !== undefined && !isTag(tag)) throw badName(`${repository}:${tag}`);
}

/** A registry's host as typed or pasted: `https://Registry.Example/` is `registry.example`. */
function normalHost(text: string): string {
  const host = text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/(?:v2\/?)?$/, '')
    .toLowerCase();
  if (!hostGrammar.test(host)) throw badName(text);
  return ['hub.docker.com', 'index.docker.io', 'registry-1.docker.io'].includes(host) ? hubHost : host;
}

const addressOf = (host: string, insecure: boolean) => new URL(`${insecure ? 'http' : 'https'}://${host}`);

export function createRegistries(options: RegistriesOptions): Registries {
  return new Registries(options);
}
