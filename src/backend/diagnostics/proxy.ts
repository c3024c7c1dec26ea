/** The variables by which programs learn of a proxy; many read one of both spellings only. */
const pairs = [
  ['HTTP_PROXY', 'http_proxy'],
  ['HTTPS_PROXY', 'https_proxy'],
  ['NO_PROXY', 'no_proxy'],
] as const;

/** The proxy for secured pages; null when none is set. */
export const proxyOf = (env: NodeJS.ProcessEnv): string | null => env.HTTPS_PROXY || env.https_proxy || null;

/** Without a password. */
const shown = (url: URL) => `${url.protocol}//${url.host}`;

const parse = (text: string): URL | null => {
  // curl and Go take a bare host and port, too.
  const full = /^[a-z\d+.-]+:\/\//i.test(text) ? text : `http://${text}`;
  return URL.canParse(full) ? new URL(full) : null;
};

export interface ProxySettings {
  /** `http://proxy.example:3128`, without credentials; null when there is none. */
  proxy: string | null;
  /** Sentences, empty when all is well. */
  faults: string[];
}

/** What the environment says about proxies, and what is wrong with it. Values of variables are never repeated. */
export function readProxies(env: NodeJS.ProcessEnv): ProxySettings {
  const faults: string[] = [];
  let proxy: string | null = null;
  for (const [upper, lower] of pairs) {
    const value = env[upper] || env[lower];
    if (!value) continue;
    if (env[upper] && env[lower] && env[upper] !== env[lower]) {
      faults.push(`${upper} and ${lower} say different things, and programs differ in which one they read.`);
    }
    if (upper === 'NO_PROXY') continue;
    const url = parse(value);
    if (!url?.hostname) faults.push(`${upper} is not an address.`);
    else if (!['http:', 'https:', 'socks5:', 'socks5h:'].includes(url.protocol)) {
      faults.push(`${upper} begins with ${url.protocol}//, which is no kind of proxy that the engine knows.`);
    } else proxy ??= shown(url);
  }
  const except = (env.NO_PROXY || env.no_proxy || '').split(',').map((entry) => entry.trim());
  if (proxy && !except.some((entry) => ['*', 'localhost', '127.0.0.1', '127.0.0.0/8'].includes(entry))) {
    faults.push('NO_PROXY does not name localhost, so calls to this computer may go to the proxy.');
  }
  return { proxy, faults };
}
