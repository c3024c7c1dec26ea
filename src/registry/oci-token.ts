import { z } from 'zod';
import type { Credentials } from './credentials';
import { type Http, isLoopback, readJson } from './http';
import { notUnderstood } from './problems';

/** Registries whose tokens come from another host which is known to be theirs. */
const tokenHosts: Record<string, string> = {
  'registry-1.docker.io': 'auth.docker.io',
  'registry.digitalocean.com': 'api.digitalocean.com',
};

const tokenAnswer = z.object({
  token: z.string().optional(),
  access_token: z.string().optional(),
  expires_in: z.number().optional(),
});

/** `Bearer realm="https://auth.example/token",service="registry.example"` taken apart (RFC 9110, 11.6.1). */
export function parseChallenge(header: string): { scheme: string; parameters: Record<string, string> } {
  const [, scheme = '', rest = ''] = /^\s*([\w-]+)\s*(.*)$/s.exec(header) ?? [];
  const parameters: Record<string, string> = {};
  for (const [, name = '', quoted, bare] of rest.matchAll(
    /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g,
  )) {
    parameters[name.toLowerCase()] = quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1');
  }
  return { scheme: scheme.toLowerCase(), parameters };
}

export const basic = ({ username, password }: Credentials) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** Whether a registry's sign-in may be shown to the host that gives out its tokens. */
export function mayReceiveCredentials(realm: URL, registry: URL): boolean {
  const [theirs, own] = [realm.hostname, registry.hostname];
  if (isLoopback(theirs) && isLoopback(own)) return true;
  return (
    theirs === own || own.endsWith(`.${theirs}`) || theirs.endsWith(`.${own}`) || tokenHosts[own] === theirs
  );
}

export interface TokenQuestion {
  registry: URL;
  challenge: Record<string, string>;
  scope: string;
  credentials: Credentials | null;
  signal: AbortSignal;
}

/**
 * Fetches a bearer token (distribution.github.io/distribution/spec/auth/token).
 * @returns null when the sign-in was refused, or was not sent since the realm is a stranger
 */
export async function fetchToken(
  http: Http,
  { registry, challenge, scope, credentials, signal }: TokenQuestion,
): Promise<{ token: string; until: number } | null> {
  const realm = URL.canParse(challenge.realm ?? '') ? new URL(challenge.realm ?? '') : null;
  const allowed =
    realm?.protocol === 'https:' ||
    (realm?.protocol === 'http:' && isLoopback(realm.hostname) && isLoopback(registry.hostname));
  if (!realm || !allowed)
    throw notUnderstood(registry.host, `It names no safe place for a token: ${challenge.realm ?? ''}`);
  if (challenge.service) realm.searchParams.set('service', challenge.service);
  if (scope) realm.searchParams.set('scope', scope);
  const sent = credentials && mayReceiveCredentials(realm, registry) ? credentials : null;
  const answer = await http.ask(realm, { signal, headers: sent ? { authorization: basic(sent) } : {} });
  if ([400, 401, 403].includes(answer.status)) return null;
  const { token, access_token, expires_in } = readJson(answer, tokenAnswer);
  const found = token ?? access_token;
  if (!found) throw notUnderstood(realm.host, 'The answer holds no token.');
  // A little early, so that a token does not run out on its way. 60 s is the specified lifetime when none is told.
  return { token: found, until: Date.now() + Math.max(10, (expires_in ?? 60) - 10) * 1000 };
}
