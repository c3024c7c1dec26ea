import type { CredentialStore, Credentials } from './credentials';
import { excerpt, type Http, type HttpAnswer } from './http';
import { basic, fetchToken, parseChallenge } from './oci-token';
import { answered, notFound, signInNeeded } from './problems';

export interface OciRequest {
  /** Below the registry's address, with query: `/v2/team/app/tags/list?n=100` */
  path: string;
  /** `repository:team/app:pull` or `registry:catalog:*` */
  scope: string;
  /** What is asked for, in the words of the user, for the error when it is not there. */
  what: string;
  /** HEAD where only the headers matter. */
  method?: 'GET' | 'HEAD';
  accept?: string;
  maxBytes?: number;
  signal: AbortSignal;
}

export interface OciOptions {
  http: Http;
  /** What users call it: `docker.io`, `localhost:5000`. */
  host: string;
  /** Where it really is: `https://registry-1.docker.io` */
  base: URL;
  credentials: CredentialStore;
}

/** One registry, asked with the sign-in that is kept for it (Basic, or the token flow). */
export class OciConnection {
  readonly #tokens = new Map<string, { token: string; until: number }>();

  constructor(private readonly options: OciOptions) {}

  get host(): string {
    return this.options.host;
  }

  /** Whether there is a sign-in for it; not whether the registry takes it. */
  async isSignedIn(): Promise<boolean> {
    return (await this.options.credentials.get(this.host)) !== null;
  }

  /** @throws ProblemError for every answer but 200 */
  async get(request: OciRequest): Promise<HttpAnswer> {
    const credentials = await this.options.credentials.get(this.host);
    const first = await this.#send(request, this.#token(request.scope));
    const answer = first.status === 401 ? await this.#again(first, request, credentials) : first;
    if (answer.status === 200) return answer;
    if (answer.status === 401 || answer.status === 403) throw signInNeeded(this.host, credentials !== null);
    if (answer.status === 404) throw notFound(request.what, this.host);
    throw answered(this.host, answer.status, excerpt(answer));
  }

  /** Whether the registry lets this sign-in in; null asks as nobody. @throws ProblemError when it does not */
  async check(credentials: Credentials | null, signal: AbortSignal): Promise<void> {
    const request = { path: '/v2/', scope: '', what: 'The registry interface', signal };
    const first = await this.#send(request, null);
    const answer =
      first.status === 401 && credentials ? await this.#again(first, request, credentials) : first;
    // Without a sign-in, 401 is how a registry says that it is one.
    const isRegistry =
      answer.status === 200 ||
      (answer.status === 401 && !credentials && answer.headers.has('www-authenticate'));
    if (isRegistry) return;
    if (answer.status === 401 || answer.status === 403) throw signInNeeded(this.host, credentials !== null);
    throw answered(this.host, answer.status, excerpt(answer));
  }

  #token(scope: string): string | null {
    const known = this.#tokens.get(scope);
    return known && known.until > Date.now() ? `Bearer ${known.token}` : null;
  }

  async #again(
    refused: HttpAnswer,
    request: OciRequest,
    credentials: Credentials | null,
  ): Promise<HttpAnswer> {
    const { scheme, parameters } = parseChallenge(refused.headers.get('www-authenticate') ?? '');
    if (scheme === 'basic') return credentials ? this.#send(request, basic(credentials)) : refused;
    if (scheme !== 'bearer') return refused;
    const scope = parameters.scope ?? request.scope;
    const { http, base } = this.options;
    const found = await fetchToken(http, {
      registry: base,
      challenge: parameters,
      scope,
      credentials,
      signal: request.signal,
    });
    if (!found) return refused;
    this.#tokens.set(request.scope, found);
    return this.#send(request, `Bearer ${found.token}`);
  }

  #send(
    { path, method, accept, maxBytes, signal }: OciRequest,
    authorization: string | null,
  ): Promise<HttpAnswer> {
    return this.options.http.ask(new URL(path, this.options.base), {
      signal,
      ...(method ? { method } : {}),
      headers: { ...(accept ? { accept } : {}), ...(authorization ? { authorization } : {}) },
      ...(maxBytes ? { maxBytes } : {}),
    });
  }
}
