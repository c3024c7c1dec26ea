import { describe, expect, test } from 'vitest';
import { readSearch } from '../../../../renderer/discover/reading';

describe('reading the search field', () => {
  test.each(['', '   '])('“%s” is nothing', (text) => {
    expect(readSearch(text)).toEqual({ kind: 'nothing' });
  });

  test.each([
    ['redis', 'redis', null],
    ['ubuntu 16.04', 'ubuntu', '16.04'],
    ['ubuntu:16.04', 'ubuntu', '16.04'],
    ['grafana/grafana', 'grafana/grafana', null],
    ['message queue', 'message queue', null],
    ['node.js', 'node.js', null],
  ])('“%s” is searched for', (text, term, tag) => {
    expect(readSearch(text)).toEqual({ kind: 'search', term, tag });
  });

  test.each([
    ['ghcr.io/org/app:1', 'ghcr.io', 'org/app', 'ghcr.io/org/app', '1'],
    ['ghcr.io/org/app', 'ghcr.io', 'org/app', 'ghcr.io/org/app', null],
    ['localhost:5000/app:latest', 'localhost:5000', 'app', 'localhost:5000/app', 'latest'],
    ['docker.io/library/redis:8', 'hub', 'library/redis', 'redis', '8'],
    ['quay.io/a/b', 'quay', 'a/b', 'quay.io/a/b', null],
  ])('“%s” is opened without asking anybody else', (text, source, repository, reference, tag) => {
    const read = readSearch(text);
    expect(read).toMatchObject({
      kind: 'name',
      repository: { source, repository, reference },
      tag,
      digest: null,
    });
  });

  test('a digest names one image', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(readSearch(`nginx@${digest}`)).toMatchObject({
      kind: 'name',
      repository: { source: 'hub', reference: 'nginx', trust: 'official' },
      tag: null,
      digest,
    });
  });
});
