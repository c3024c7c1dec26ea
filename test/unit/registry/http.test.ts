import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Http } from '#registry/http';
import { nextLink } from '#registry/oci-names';
import { mayReceiveCredentials, parseChallenge } from '#registry/oci-token';
import { plainLine } from '#registry/text';
import { json, problemOf, standIn } from './stand-in';

const never = new AbortController().signal;
const http = () => new Http('1.2.3');

describe('asking over HTTP', () => {
  test('does not carry credentials to the host of a redirect', async () => {
    await using other = await standIn((_, response) => json(response, { ok: true }));
    await using first = await standIn(({ path }, response) => {
      if (path === '/same') return response.writeHead(307, { location: '/away' }).end();
      response.writeHead(307, { location: `${other.url}/blob` }).end();
    });
    await http().ask(new URL('/same', first.url), {
      signal: never,
      headers: { authorization: 'Basic c2VjcmV0' },
    });
    expect(first.asked.map(({ headers }) => headers.authorization)).toEqual([
      'Basic c2VjcmV0',
      'Basic c2VjcmV0',
    ]);
    expect(other.asked).toHaveLength(1);
    expect(other.asked[0]?.headers.authorization).toBeUndefined();
  });

  test('ends a redirect that goes in circles', async () => {
    await using server = await standIn((_, response) => response.writeHead(302, { location: '/' }).end());
    const problem = await problemOf(http().ask(new URL(server.url), { signal: never }));
    expect(problem.code).toBe('registry-not-understood');
  });

  test('reads no more than it is told to', async () => {
    await using server = await standIn((_, response) => {
      response.writeHead(200);
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(10_000), () => setImmediate(more));
      };
      more();
    });
    const problem = await problemOf(http().ask(new URL(server.url), { signal: never, maxBytes: 50_000 }));
    expect(problem.code).toBe('registry-not-understood');
  });

  test('speaks plain HTTP with this computer only', async () => {
    const problem = await problemOf(http().ask(new URL('http://registry.example/v2/'), { signal: never }));
    expect(problem.code).toBe('registry-plain-http');
  });

  test('says what it could not read', async () => {
    await using server = await standIn((_, response) => response.end('<html>Sign in to the hotel</html>'));
    const problem = await problemOf(http().json(new URL(server.url), z.object({}), { signal: never }));
    expect(problem).toMatchObject({ code: 'registry-not-understood' });
  });

  test('stays an abort when the caller leaves', async () => {
    const leaving = new AbortController();
    await using server = await standIn(() => leaving.abort());
    const asking = http().ask(new URL(server.url), { signal: leaving.signal });
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('says that nobody is there', async () => {
    const server = await standIn(() => undefined);
    await server[Symbol.asyncDispose]();
    const problem = await problemOf(http().ask(new URL(server.url), { signal: never }));
    expect(problem).toMatchObject({
      code: 'registry-unreachable',
      title: `${server.host} cannot be reached`,
    });
  });
});

test('reads a challenge with commas and escaped quotes', () => {
  expect(
    parseChallenge('Bearer realm="https://a.example/t?x=1,2",service="a \\"b\\"", scope=repository:a:pull'),
  ).toEqual({
    scheme: 'bearer',
    parameters: { realm: 'https://a.example/t?x=1,2', service: 'a "b"', scope: 'repository:a:pull' },
  });
});

test('shows a sign-in to the registry’s own hosts only', () => {
  const may = (realm: string, registry: string) =>
    mayReceiveCredentials(new URL(`https://${realm}`), new URL(`https://${registry}`));
  expect(may('ghcr.io', 'ghcr.io')).toBe(true);
  expect(may('gitlab.com', 'registry.gitlab.com')).toBe(true);
  expect(may('auth.docker.io', 'registry-1.docker.io')).toBe(true);
  expect(may('auth.docker.io', 'registry.example')).toBe(false);
  expect(may('evil.example', 'registry.example')).toBe(false);
  expect(may('evilregistry.example', 'registry.example')).toBe(false);
});

test('finds the next page', () => {
  expect(nextLink('</v2/_catalog?last=b&n=2>; rel="next"')).toBe('/v2/_catalog?last=b&n=2');
  expect(nextLink('<https://x/first>; rel="first", </n?a=1>; rel=next')).toBe('/n?a=1');
  expect(nextLink(null)).toBeNull();
});

test('takes the characters away that hide what a text is', () => {
  expect(plainLine('a\u0000b\u001b]0;title\u0007c\u202Egnp.exe\u200b\u2028d\ne')).toBe(
    'ab]0;titlecgnp.exed e',
  );
  expect(plainLine('👩‍💻 größe عربى')).toBe('👩‍💻 größe عربى');
});
