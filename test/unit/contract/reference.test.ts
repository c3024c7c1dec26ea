import { describe, expect, test } from 'vitest';
import { familiarName, formatReference, parseReference, parseSearch } from '#contract/reference';

const digest = `sha256:${'a'.repeat(64)}`;

describe('reading an image reference', () => {
  test.each([
    ['nginx', { host: 'docker.io', repository: 'library/nginx', tag: 'latest', digest: null }],
    ['nginx:1.29', { host: 'docker.io', repository: 'library/nginx', tag: '1.29', digest: null }],
    ['team/app', { host: 'docker.io', repository: 'team/app', tag: 'latest', digest: null }],
    ['docker.io/library/redis:8', { host: 'docker.io', repository: 'library/redis', tag: '8', digest: null }],
    ['localhost:5000/app', { host: 'localhost:5000', repository: 'app', tag: 'latest', digest: null }],
    ['ghcr.io/org/app:v1', { host: 'ghcr.io', repository: 'org/app', tag: 'v1', digest: null }],
    [`quay.io/a/b@${digest}`, { host: 'quay.io', repository: 'a/b', tag: null, digest }],
    [
      '127.0.0.1:5000/team/hello:1.0',
      { host: '127.0.0.1:5000', repository: 'team/hello', tag: '1.0', digest: null },
    ],
  ])('%s', (text, expected) => {
    expect(parseReference(text)).toEqual(expected);
  });

  test.each(['', 'Nginx', 'a b', '-x', 'nginx:', 'http://nginx', 'a//b', 'x:y:z'])('refuses “%s”', (text) => {
    expect(parseReference(text)).toBeNull();
  });

  test('writes the familiar name back', () => {
    for (const text of ['nginx:1.29', 'team/app:2', 'localhost:5000/app:latest', `quay.io/a/b@${digest}`]) {
      const parsed = parseReference(text);
      expect(parsed && formatReference(parsed)).toBe(text);
    }
    expect(familiarName({ host: 'docker.io', repository: 'library/redis' })).toBe('redis');
  });
});

describe('reading a search', () => {
  test.each([
    ['ubuntu 16.04', 'ubuntu', '16.04'],
    ['ubuntu:16.04', 'ubuntu', '16.04'],
    ['nginx alpine', 'nginx', 'alpine'],
    ['message queue', 'message queue', null],
    ['postgres', 'postgres', null],
    ['  redis   8  ', 'redis', '8'],
    ['localhost:5000/team/app', 'localhost:5000/team/app', null],
    ['', '', null],
  ])('%s', (text, term, tag) => {
    expect(parseSearch(text)).toEqual({ term, tag });
  });
});
