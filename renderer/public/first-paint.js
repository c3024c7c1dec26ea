// Runs before the first paint, so that a forced theme never flashes in the system's colours.
// Also loads the page again when a part of it did not arrive. Chromium drops what it is loading whenever a network
// interface comes or goes, which each start of a container is (net::ERR_NETWORK_CHANGED); the page would stay empty.
// A file of its own because the content security policy allows no inline script.
(() => {
  const root = document.documentElement;
  const theme = localStorage.getItem('gantry.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  const platform = navigator.platform.toLowerCase();
  root.dataset.platform = platform.startsWith('mac') ? 'mac' : platform.startsWith('win') ? 'win' : 'linux';
  root.dataset.shell = window.gantryDesktop ? 'desktop' : 'browser';

  const mostReloads = 3;
  /** A page that lives this long has all its parts. */
  const wellMs = 10_000;
  const key = 'gantry.reloads';
  let reloading = false;
  const loadAgain = () => {
    const reloads = Number(sessionStorage.getItem(key) ?? 0);
    if (reloading || reloads >= mostReloads) return;
    reloading = true;
    sessionStorage.setItem(key, String(reloads + 1));
    location.reload();
  };
  const lookForMissing = ({ target }) => {
    if (target instanceof Element && target.matches('script, link')) loadAgain();
  };
  addEventListener('error', lookForMissing, true);
  addEventListener('load', () => removeEventListener('error', lookForMissing, true));
  // Parts of pages that are opened later.
  addEventListener('vite:preloadError', loadAgain);
  setTimeout(() => sessionStorage.removeItem(key), wellMs);
})();
