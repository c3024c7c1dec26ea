import { describe, expect, test } from 'vitest';
import { json, problemOf, registriesAt, standIn } from './stand-in';

const never = new AbortController().signal;

describe('stand-in for a registry with the token flow', () => {
  const registry = () => {
    let realm = '';
    const server = standIn(({ path, headers, query }, response) => {
      if (path === '/token') {
        const known = headers.authorization === `Basic ${Buffer.from('ada:pw').toString('base64')}`;
        return json(response, {
          access_token: known ? 'for-ada' : `for-all-${query.get('scope')}`,
          expires_in: 300,
        });
      }
      const token = headers.authorization?.replace('Bearer ', '') ?? '';
      const allowed = path === '/v2/' ? token === 'for-ada' : token.startsWith('for-');
      if (allowed) return json(response, { tags: ['1', '2'], name: 'team/app' });
      const challenge = `Bearer realm="${realm}",service="stand-in",scope="repository:team/app:pull"`;
      json(response, { errors: [{ code: 'UNAUTHORIZED' }] }, 401, { 'www-authenticate': challenge });
    });
    return server.then((started) => {
      realm = `${started.url}/token`;
      return started;
    });
  };

  test('fetches a token once and uses it until it runs out', async () => {
    await using server = await registry();
    const all = registriesAt(server.url);
    await all.addRegistry({ host: server.host }, never);
    const before = server.asked.length;
    for (const filter of ['1', '2']) {
      const page = await all.tags({ source: server.host, repository: 'team/app', filter }, never);
      expect(page.tags.map(({ name }) => name)).toEqual([filter]);
    }
    const asked = server.asked.slice(before);
    expect(asked.filter(({ path }) => path === '/token')).toHaveLength(1);
    expect(asked.find(({ path }) => path === '/token')?.query.get('service')).toBe('stand-in');
    expect(asked.at(-1)?.headers.authorization).toBe('Bearer for-all-repository:team/app:pull');
  });

  test('shows the sign-in to the token’s place and to nothing else', async () => {
    await using server = await registry();
    const all = registriesAt(server.url);
    await all.addRegistry({ host: server.host, credentials: { username: 'ada', password: 'pw' } }, never);
    const withPassword = server.asked.filter(({ headers }) => headers.authorization?.startsWith('Basic'));
    expect(new Set(withPassword.map(({ path }) => path))).toEqual(new Set(['/token']));
  });

  test('a wrong password is told and nothing is kept', async () => {
    await using server = await registry();
    const all = registriesAt(server.url);
    const adding = all.addRegistry(
      { host: server.host, credentials: { username: 'ada', password: 'no' } },
      never,
    );
    expect((await problemOf(adding)).code).toBe('sign-in-needed');
    expect((await all.registries()).map(({ host }) => host)).toEqual(['docker.io', 'quay.io']);
  });

  test('a realm without TLS on another computer gets no request', async () => {
    await using server = await standIn((_, response) =>
      json(response, {}, 401, { 'www-authenticate': 'Bearer realm="http://auth.example/token"' }),
    );
    const all = registriesAt(server.url);
    await all.addRegistry({ host: server.host }, never);
    const problem = await problemOf(all.tags({ source: server.host, repository: 'a' }, never));
    expect(problem.code).toBe('registry-not-understood');
  });
});
