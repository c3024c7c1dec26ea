import { expect, it } from 'vitest';
import { askedRoute } from '#desktop/asked-route';

it.each([
  [['gantry-desktop', '--page=settings/troubleshoot'], '#/settings/troubleshoot'],
  [['gantry-desktop', 'gantry://containers/3f2a/logs'], '#/containers/3f2a/logs'],
  [['gantry-desktop', 'gantry://learn/'], '#/learn'],
  [['gantry-desktop', '.'], null],
  [['gantry-desktop', '--page='], null],
  [['gantry-desktop', 'gantry://x"><script>'], null],
  [['gantry-desktop', 'gantry://containers/../../etc'], null],
  [['gantry-desktop', 'gantry://a/b/c/d'], null],
  [['gantry-desktop', 'https://example.com/'], null],
])('%j asks for %s', (argv, route) => {
  expect(askedRoute(argv)).toBe(route);
});
