import { describe, expect, test } from 'vitest';
import { json, problemOf, registriesAt, standIn } from './stand-in';

const never = new AbortController().signal;
const limits = { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '76;w=21600' };

/** As registry-1.docker.io answers: a token first, then the headers of a manifest. */
function hubRegistry(headers: Record<string, string>) {
  let url = '';
  const server = standIn(({ path, headers: sent }, response) => {
    if (path === '/token') return json(response, { token: 'for-all', expires_in: 300 });
    if (sent.authorization === 'Bearer for-all') return json(response, {}, 200, headers);
    json(response, {}, 401, {
      'www-authenticate': `Bearer realm="${url}/token",service="registry.docker.io"`,
    });
  });
  return server.then((started) => {
    url = started.url;
    return started;
  });
}

describe('stand-in for Docker Hub’s registry', () => {
  test('tells how many pulls are left, asked in the way that is not counted', async () => {
    await using hub = await hubRegistry(limits);
    expect(await registriesAt(hub.url).pullsLeft('hub', never)).toEqual({
      limit: 100,
      remaining: 76,
      windowSeconds: 21_600,
    });
    const manifests = hub.asked.filter(({ path }) => path.includes('/manifests/'));
    expect(new Set(manifests.map(({ method }) => method))).toEqual(new Set(['HEAD']));
  });

  test('tells of no limit where there is none', async () => {
    await using hub = await hubRegistry({});
    expect(await registriesAt(hub.url).pullsLeft('hub', never)).toBeNull();
    expect(await registriesAt(hub.url).pullsLeft('quay', never)).toBeNull();
  });
});

describe('stand-in for a registry that has refused a pull', () => {
  const image = (host: string) => `${host}/team/app:1`;

  test('tells when it takes the next one', async () => {
    await using registry = await standIn(({ path }, response) => {
      if (path === '/v2/') return json(response, {});
      json(response, { errors: [] }, 429, { 'retry-after': '120' });
    });
    const before = Date.now();
    const { signedIn, againAt } = await registriesAt(registry.url).limitOf(image(registry.host), never);
    expect(signedIn).toBe(false);
    expect(againAt).toBeGreaterThanOrEqual(before + 120_000);
    expect(againAt).toBeLessThanOrEqual(Date.now() + 120_000);
    const manifests = registry.asked.filter(({ path }) => path.includes('/manifests/'));
    expect(manifests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'HEAD /v2/team/app/manifests/1',
    ]);
  });

  test('and names no time, is given none', async () => {
    await using registry = await standIn(({ path }, response) => {
      json(response, {}, path === '/v2/' ? 200 : 429);
    });
    const all = registriesAt(registry.url);
    expect(await all.limitOf(image(registry.host), never)).toEqual({ signedIn: false });
    // Its own pause is no word of the registry, either.
    expect(await all.limitOf(image(registry.host), never)).toEqual({ signedIn: false });
  });

  test('of Docker Hub: by the image that is there for that', async () => {
    await using hub = await hubRegistry({ ...limits, 'ratelimit-remaining': '0;w=21600' });
    expect(await registriesAt(hub.url).limitOf('postgres:18', never)).toEqual({
      signedIn: false,
      pulls: { limit: 100, remaining: 0, windowSeconds: 21_600 },
    });
    expect(hub.asked.some(({ path }) => path.includes('postgres'))).toBe(false);
  });

  test('does not keep anybody waiting that is not there', async () => {
    expect(await registriesAt('http://127.0.0.1:1').limitOf('127.0.0.1:1/app', never)).toEqual({
      signedIn: false,
    });
    expect(await registriesAt('http://127.0.0.1:1').limitOf('no reference', never)).toEqual({
      signedIn: false,
    });
  });
});

describe('stand-in for a registry that keeps its list of repositories to itself', () => {
  test('is not searchable, and says so instead of asking for the sign-in that it has', async () => {
    await using registry = await standIn(({ path, headers }, response) => {
      if (path === '/v2/_catalog' || headers.authorization === undefined) {
        return json(response, { errors: [] }, 401, { 'www-authenticate': 'Basic realm="here"' });
      }
      json(response, {});
    });
    const all = registriesAt(registry.url);
    const credentials = { username: 'ada', password: 'pw' };
    await all.addRegistry({ host: registry.host, credentials }, never);
    const problem = await problemOf(all.search({ source: registry.host, term: 'app' }, never));
    expect(problem.code).toBe('registry-not-searchable');
  });
});
