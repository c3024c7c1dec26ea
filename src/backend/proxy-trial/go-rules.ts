/**
 * Whether the engine, a Go program, reaches a host without its proxy, by the list of no_proxy: `example.com` is the
 * host and all below it, `.example.com` and `*.example.com` are those below it alone, each with a port or without;
 * `*` is everything (https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config). Ranges of addresses are left out, as a
 * registry has a name.
 */
export function isExcluded({ hostname, port }: URL, except: string): boolean {
  return except.split(',').some((entry) => {
    const [host = '', wantedPort] = entry.trim().toLowerCase().split(':');
    if (host === '*') return true;
    // Without one in the address it is the usual one of https.
    if (host === '' || (wantedPort !== undefined && wantedPort !== (port || '443'))) return false;
    const below = host.startsWith('*.') ? host.slice(1) : host;
    return below.startsWith('.')
      ? hostname.endsWith(below)
      : hostname === host || hostname.endsWith(`.${host}`);
  });
}

/** The name and password in a proxy's address as they are; null when an escape in them is none. */
export function credentialsOf({ username, password }: URL): { name: string; password: string } | null {
  try {
    return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return null;
  }
}
