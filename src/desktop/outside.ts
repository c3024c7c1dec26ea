const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a link may leave Gantry for the user's browser: pages of the web, and what runs on this computer. */
export function mayOpenOutside(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  if (url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
}
