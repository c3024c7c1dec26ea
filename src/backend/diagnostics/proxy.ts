/** The variables by which programs learn of a proxy; many read one of both spellings only. */
const pairs = [
  ['HTTP_PROXY', 'http_proxy'],
  ['HTTPS_PROXY', 'https_proxy'],
  ['NO_PROXY', 'no_proxy'],
] as const;

/** The proxy for secured pages; null when none is set. */
export const proxyOf = (env: NodeJS.ProcessEnv): string | null => env.HTTPS_PROXY || env.https_proxy || null;

/** The kinds of proxy that the engine, a Go program, can use (https://pkg.go.dev/net/http#Transport). */
export const knownKinds: readonly string[] = ['http:', 'https:', 'socks5:', 'socks5h:'];

/** Without a password. */
export const shownProxy = (url: URL) => `${url.protocol}//${url.host}`;

/** The address of a proxy as it was typed; null when it is none. */
export const parseProxy = (text: string): URL | null => {
  // curl and Go take a bare host and port, too.
  const full = /^[a-z\d+.-]+:\/\//i.test(text) ? text : `http://${text}`;
  return URL.canParse(full) ? new URL(full) : null;
};

interface ProxyFault {
  /** What is wrong, a sentence. */
  text: string;
  /** What sets it right in a POSIX shell that has these variables. */
  command: string;
}

export interface ProxySettings {
  /** `http://proxy.example:3128`, without credentials; null when there is none. */
  proxy: string | null;
  faults: ProxyFault[];
}

const here = 'localhost,127.0.0.1,::1';

/** What the environment says about proxies, and what is wrong with it. Values of variables are never repeated. */
export function readProxies(env: NodeJS.ProcessEnv): ProxySettings {
  const faults: ProxyFault[] = [];
  let proxy: string | null = null;
  for (const [upper, lower] of pairs) {
    const value = env[upper] || env[lower];
    if (!value) continue;
    if (env[upper] && env[lower] && env[upper] !== env[lower]) {
      faults.push({
        text: `${upper} and ${lower} say different things, and programs differ in which one they read.`,
        command: `export ${lower}="$${upper}"`,
      });
    }
    if (upper === 'NO_PROXY') continue;
    const url = parseProxy(value);
    const command = `unset ${upper} ${lower}`;
    if (!url?.hostname) faults.push({ text: `${upper} is not an address.`, command });
    else if (!knownKinds.includes(url.protocol)) {
      const text = `${upper} begins with ${url.protocol}//, which is no kind of proxy that the engine knows.`;
      faults.push({ text, command });
    } else proxy ??= shownProxy(url);
  }
  const except = (env.NO_PROXY || env.no_proxy || '').split(',').map((entry) => entry.trim());
  if (proxy && !except.some((entry) => ['*', 'localhost', '127.0.0.1', '127.0.0.0/8'].includes(entry))) {
    const more = env.NO_PROXY ? ',$NO_PROXY' : env.no_proxy ? ',$no_proxy' : '';
    faults.push({
      text: 'NO_PROXY does not name localhost, so calls to this computer may go to the proxy.',
      command: `export NO_PROXY="${here}${more}"; export no_proxy="$NO_PROXY"`,
    });
  }
  return { proxy, faults };
}
