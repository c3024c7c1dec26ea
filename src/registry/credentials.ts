import { z } from 'zod';
import { HelperError, runHelper } from './credential-helper';
import { type DockerConfig, plainCredentials, readDockerConfig, serverName } from './docker-config';

export interface Credentials {
  username: string;
  password: string;
}

export interface KnownCredentials extends Credentials {
  /** Name of the docker credential helper, `config.json` (readable, written by the docker CLI), or `memory`. */
  store: string;
}

const helperAnswer = z.object({ Username: z.string(), Secret: z.string() });

/** The helper that stands for this system's key store when the docker CLI names none. */
const systemHelper: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'osxkeychain',
  win32: 'wincred',
  linux: 'secretservice',
};

/**
 * Sign-ins by registry. They live in docker credential helpers, shared with the docker CLI, or else only in memory:
 * Gantry writes no secret into a file.
 */
export class CredentialStore {
  readonly #memory = new Map<string, Credentials>();
  /** Helpers are processes, and some ask the user: one answer serves for all requests until something changes. */
  readonly #known = new Map<string, Promise<KnownCredentials | null>>();

  constructor(private readonly env: NodeJS.ProcessEnv = process.env) {}

  /** @param host `docker.io` or a registry's host */
  get(host: string): Promise<KnownCredentials | null> {
    const known = this.#known.get(host) ?? this.#read(host);
    this.#known.set(host, known);
    return known;
  }

  /** Keeps a sign-in where it is safe. @returns the name of that place, as in KnownCredentials */
  async store(host: string, credentials: Credentials): Promise<string> {
    this.#known.delete(host);
    this.#memory.delete(host);
    const helper = this.#helper(await readDockerConfig(this.env), host);
    const input = JSON.stringify({
      ServerURL: serverName(host),
      Username: credentials.username,
      Secret: credentials.password,
    });
    try {
      if (helper) {
        await runHelper(helper, 'store', input, this.env);
        return helper;
      }
    } catch (error) {
      // No key store in this session: in memory it is, and the answer says so.
      if (!(error instanceof HelperError)) throw error;
    }
    this.#memory.set(host, credentials);
    return 'memory';
  }

  /** Forgets a sign-in. One that the docker CLI wrote into its config.json stays there. */
  async erase(host: string): Promise<void> {
    const known = await this.get(host);
    this.#known.delete(host);
    this.#memory.delete(host);
    if (known && known.store !== 'memory' && known.store !== 'config.json') {
      await runHelper(known.store, 'erase', serverName(host), this.env);
    }
  }

  #helper(config: DockerConfig, host: string): string | undefined {
    return (
      config.credHelpers?.[serverName(host)] ??
      config.credHelpers?.[host] ??
      config.credsStore ??
      systemHelper[process.platform]
    );
  }

  async #read(host: string): Promise<KnownCredentials | null> {
    const remembered = this.#memory.get(host);
    if (remembered) return { ...remembered, store: 'memory' };
    const config = await readDockerConfig(this.env);
    const helper = this.#helper(config, host);
    const found = helper ? await this.#ask(helper, host) : null;
    if (found) return found;
    const plain = plainCredentials(config, host);
    return plain && { ...plain, store: 'config.json' };
  }

  async #ask(helper: string, host: string): Promise<KnownCredentials | null> {
    try {
      const text = await runHelper(helper, 'get', serverName(host), this.env);
      const { Username: username, Secret: password } = helperAnswer.parse(JSON.parse(text));
      // `<token>` marks an identity token, which is for the registry's OAuth2 endpoint and not a password.
      return username === '<token>' ? null : { username, password, store: helper };
    } catch {
      // Not installed, nothing kept for this host, or a locked key store: asked without a sign-in, the registry
      // itself says whether it needs one.
      return null;
    }
  }
}
