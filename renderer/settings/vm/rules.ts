/** A path from the root, as this computer writes it: `/home/me`, `C:\Users\me`. */
export const isAbsolutePath = (path: string): boolean => /^(?:\/|[A-Za-z]:[\\/])/.test(path);

/**
 * What is wrong with a path that is about to be added; undefined when nothing is.
 * @param most how many the list can hold
 */
export function pathProblem(
  path: string,
  known: readonly string[],
  what: string,
  most = Number.POSITIVE_INFINITY,
): string | undefined {
  if (known.length >= most) return `${most} are the most. Remove one, or share a folder that holds several`;
  if (path === '') return `Type the path of a ${what}`;
  if (!isAbsolutePath(path)) return 'Type the full path, such as /home/me/projects';
  return known.includes(path) ? 'This one is in the list already' : undefined;
}

/** What is wrong with the address of a proxy; undefined when nothing is, or when there is none. */
export function proxyProblem(address: string): string | undefined {
  if (address === '') return undefined;
  try {
    const { protocol, hostname } = new URL(address);
    return /^https?:$/.test(protocol) && hostname !== ''
      ? undefined
      : 'It must begin with http:// or https://';
  } catch {
    return 'Such as http://proxy.example:3128';
  }
}

/** The same address with another host, and all else as it was typed. */
export function withHost(address: string, host: string): string {
  const url = new URL(address);
  url.hostname = host;
  return url.href.replace(/\/$/, '');
}

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

/** The addresses of a list that was typed with commas or spaces between them. */
export const addressesOf = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== '');

/** What is wrong with typed name servers; undefined when nothing is. */
export function dnsProblem(addresses: readonly string[]): string | undefined {
  if (addresses.length === 0) return 'Type at least one address, such as 9.9.9.9';
  const wrong = addresses.find((address) => !ipv4.test(address));
  return wrong === undefined ? undefined : `${wrong} is not an IPv4 address, such as 9.9.9.9`;
}
