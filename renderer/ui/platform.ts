/** Whether the shell runs on macOS; first-paint.js writes the platform on the root element. */
export function isMac(): boolean {
  return document.documentElement.dataset.platform === 'mac';
}
