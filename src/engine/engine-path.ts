/** The kinds of objects whose names stand in addresses, in the words of the engine's own "No such …" errors. */
const kinds: Record<string, string> = {
  containers: 'No such container:',
  images: 'No such image:',
  volumes: 'no such volume:',
  networks: 'No such network:',
  exec: 'No such exec instance:',
};

/** Segments of characters that need no quoting in an address, and at the end the mark after which a query is put. */
const plain = /^(?:\/[\w.~:@%+,=[\]-]+)+\??$/;

function leadsAstray(path: string): boolean {
  if (!plain.test(path)) return true;
  try {
    const segments = decodeURIComponent(path.replace(/\?$/, '')).slice(1).split('/');
    return segments.some((segment) => segment === '' || segment === '.' || segment === '..');
  } catch {
    return true; // Not a valid percent-encoding.
  }
}

/**
 * An object's name is put into the engine's address as it is. One with `..`, `?` or `#` would ask the engine for
 * something else, and the redirect with which it answers an empty one is followed to a host called "containers".
 * No object has such a name: for these the engine's own "No such …" is given without asking; null for all others.
 */
export function missingByName(path: string): Error | null {
  if (!leadsAstray(path)) return null;
  const [, kind = '', ...rest] = path.split('/');
  const name = rest.join('/').slice(0, 100);
  return Object.assign(new Error(`${kinds[kind] ?? 'page not found:'} ${name}`), { statusCode: 404 });
}
