import { describe, expect, it } from 'vitest';
import { formatRoute, parseRoute, type Route } from '../../../../renderer/shell/routes';

describe('routes', () => {
  const routes: Route[] = [
    { page: 'home' },
    { page: 'containers' },
    { page: 'containers', id: '3f2a', tab: 'logs' },
    { page: 'images', id: 'sha256:0123' },
    { page: 'volumes', name: 'a/b %?#' },
    { page: 'networks', id: 'n1' },
    { page: 'discover' },
    { page: 'discover', q: 'ubuntu 16.04', source: 'local', repository: 'team/app' },
    { page: 'settings' },
    { page: 'settings', section: 'registries' },
  ];
  it.each(routes.map((route) => [formatRoute(route), route]))('%s leads back to itself', (hash, route) => {
    expect(parseRoute(hash as string)).toEqual(route);
  });

  it('have no tab without an id', () => {
    expect(formatRoute({ page: 'containers', tab: 'logs' })).toBe('#/containers');
  });

  it.each(['', '#', '#/', '#/nowhere', '#/volumes/%'])('%s is no route', (hash) => {
    expect(parseRoute(hash)).toBeNull();
  });
});
