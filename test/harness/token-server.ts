import { createSign, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { z } from 'zod';

const SERVICE = 'gantry-test-registry';
const ISSUER = 'gantry-test';

interface Scope {
  type: string;
  name: string;
  actions: string[];
}

/** `repository:team/app:pull,push` taken apart; `registry:catalog:*` too. */
function parseScope(text: string): Scope {
  const [type = '', ...rest] = text.split(':');
  const actions = rest.pop() ?? '';
  return { type, name: rest.join(':'), actions: actions.split(',') };
}

export interface TokenServerOptions {
  /** PEM files of the pair whose certificate the registry trusts. */
  certificate: string;
  key: string;
  credentials: { username: string; password: string };
}

/** Gives out the bearer tokens of a real registry: distribution.github.io/distribution/spec/auth/jwt */
export interface TokenServer {
  /** The `auth` section of the registry's settings. */
  settings: object;
  /** A token with which everything may be done in a repository. */
  tokenFor(repository: string): string;
  /** Scopes of the tokens that were asked for, with who asked. */
  asked: { scope: string; username: string | null }[];
  close(): void;
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const nameOf = z.object({ port: z.number() });

/** Anybody may pull what is under `public/`; only the one with the credentials may do more. */
export async function startTokenServer({
  certificate,
  key,
  credentials,
}: TokenServerOptions): Promise<TokenServer> {
  const privateKey = readFileSync(key, 'utf8');
  const chain = [readFileSync(certificate, 'utf8').replace(/-----[A-Z ]+-----|\s/g, '')];
  const sign = (access: Scope[]): string => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: ISSUER, sub: '', aud: SERVICE, exp: now + 300, nbf: now - 5, iat: now };
    const head = base64url({ typ: 'JWT', alg: 'RS256', x5c: chain });
    const signed = `${head}.${base64url({ ...claims, jti: randomUUID(), access })}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
  };
  const right = `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
  const asked: TokenServer['asked'] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    const known = authorization === right;
    if (authorization !== undefined && !known) {
      response.writeHead(401).end('{"details":"incorrect username or password"}');
      return;
    }
    const query = new URL(request.url ?? '', 'http://token.invalid').searchParams;
    const scope = query.get('scope') ?? '';
    asked.push({ scope, username: known ? credentials.username : null });
    const wanted = scope === '' ? [] : scope.split(' ').map(parseScope);
    const granted = known ? wanted : wanted.filter(({ name }) => name.startsWith('public/'));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ token: sign(granted), expires_in: 300 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = nameOf.parse(server.address());
  return {
    settings: {
      token: {
        realm: `http://127.0.0.1:${port}/token`,
        service: SERVICE,
        issuer: ISSUER,
        rootcertbundle: certificate,
      },
    },
    tokenFor: (repository) => sign([{ type: 'repository', name: repository, actions: ['pull', 'push'] }]),
    asked,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
