// Runs before the first paint, so that a forced theme never flashes in the system's colours.
// A file of its own because the content security policy allows no inline script.
(() => {
  const root = document.documentElement;
  const theme = localStorage.getItem('gantry.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  const platform = navigator.platform.toLowerCase();
  root.dataset.platform = platform.startsWith('mac') ? 'mac' : platform.startsWith('win') ? 'win' : 'linux';
  root.dataset.shell = window.gantryDesktop ? 'desktop' : 'browser';
})();
