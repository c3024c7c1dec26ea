import { describe, expect, test } from 'vitest';
import { json, problemOf, registriesAt, standIn } from './stand-in';

const never = new AbortController().signal;
const search = (term: string, more = {}) => ({ source: 'hub', term, ...more });

const v4 = {
  total: 60,
  results: [
    {
      id: 'ubuntu',
      name: 'ubuntu',
      slug: 'ubuntu',
      type: 'image',
      publisher: { id: 'docker', name: 'Docker' },
      updated_at: '2026-08-01T10:00:00Z',
      short_description: 'Ubuntu is a \u001b[31mDebian-based\u202e Linux\r\noperating system',
      badge: 'official',
      star_count: 17000,
      pull_count: '1B+',
      operating_systems: [{ name: 'linux', label: 'Linux' }],
      architectures: [
        { name: 'amd64', label: 'x86-64' },
        { name: 'arm64', label: 'ARM 64' },
      ],
      archived: false,
    },
    { name: 'grafana/grafana', slug: 'grafana/grafana', badge: 'verified_publisher', pull_count: 5 },
    { name: 'x/y', slug: 'x/y', badge: 'open_source' },
    { name: 'Evil Name', slug: '../../evil', badge: 'none' },
  ],
};

describe('stand-in for Docker Hub', () => {
  test('reads the newer search: badge, counts, publisher, and no control characters', async () => {
    await using hub = await standIn((_, response) => json(response, v4));
    const page = await registriesAt(hub.url).search(search('ubuntu'), never);
    expect(page.total).toBe(60);
    expect(page.next).toBe('v4:25');
    expect(page.results.map(({ repository, trust }) => [repository, trust])).toEqual([
      ['library/ubuntu', 'official'],
      ['grafana/grafana', 'verified'],
      ['x/y', 'sponsored'],
    ]);
    expect(page.results[0]).toMatchObject({
      reference: 'ubuntu',
      publisher: 'Docker',
      pulls: 1e9,
      stars: 17000,
      updatedAt: Date.parse('2026-08-01T10:00:00Z'),
      architectures: ['amd64', 'arm64'],
      description: 'Ubuntu is a [31mDebian-based Linux operating system',
    });
    expect(hub.asked[0]?.path).toBe('/api/search/v4');
    expect(hub.asked[0]?.headers['user-agent']).toBe('Gantry/1.2.3');
  });

  test('asks with badge, order and place of the page', async () => {
    await using hub = await standIn((_, response) => json(response, v4));
    const found = await registriesAt(hub.url).search(
      search('db', { trust: 'verified', sort: 'pulls', next: 'v4:25' }),
      never,
    );
    expect(Object.fromEntries(hub.asked[0]?.query ?? [])).toMatchObject({
      query: 'db',
      badges: 'verified_publisher',
      sort: 'pull_count',
      order: 'desc',
      from: '25',
    });
    expect(found.results.map(({ trust }) => trust)).toEqual(['verified']);
    expect(found.next).toBe('v4:50');
  });

  test('falls through to the older search when the newer one is gone, and goes on there', async () => {
    await using hub = await standIn(({ path }, response) => {
      if (path !== '/v2/search/repositories/') return json(response, { message: 'gone' }, 404);
      json(response, {
        count: 80,
        next: 'https://hub.docker.com/v2/search/repositories/?page=2',
        results: [
          {
            repo_name: 'redis',
            short_description: 'Redis',
            star_count: 13000,
            pull_count: 10,
            is_official: true,
          },
          { repo_name: 'bitnami/redis', star_count: 2, pull_count: 1, is_official: false },
        ],
      });
    });
    const registries = registriesAt(hub.url);
    const page = await registries.search(search('redis'), never);
    expect(page.results.map(({ repository, trust }) => [repository, trust])).toEqual([
      ['library/redis', 'official'],
      ['bitnami/redis', 'none'],
    ]);
    expect(page.next).toBe('v2:2');
    await registries.search(search('redis', { next: 'v2:2' }), never);
    await registries.search(search('other'), never);
    expect(hub.asked.filter(({ path }) => path === '/api/search/v4')).toHaveLength(1);
  });

  test('lets the engine search when both are gone, and says the first reason when it cannot either', async () => {
    await using hub = await standIn((_, response) => json(response, {}, 503));
    const searchEngine = async () => [
      { name: 'docker.io/nginx', description: 'web', isOfficial: true, stars: 3 },
    ];
    const page = await registriesAt(hub.url, { searchEngine }).search(search('nginx'), never);
    expect(page.results[0]).toMatchObject({ repository: 'library/nginx', trust: 'official', stars: 3 });
    expect(page.next).toBeNull();
    const problem = await problemOf(registriesAt(hub.url).search(search('nginx'), never));
    expect(problem.code).toBe('registry-failed');
  });

  test('keeps the pause that a 429 asks for, and asks nobody meanwhile', async () => {
    await using hub = await standIn((_, response) => json(response, {}, 429, { 'retry-after': '120' }));
    const registries = registriesAt(hub.url, { searchEngine: async () => [] });
    const problem = await problemOf(registries.search(search('nginx'), never));
    expect(problem.code).toBe('registry-limit');
    expect(problem.explanation).toContain('2 minutes');
    await problemOf(registries.search(search('redis'), never));
    expect(hub.asked).toHaveLength(1);
  });

  test('lists tags with their platforms, without attestations, and the size for this computer', async () => {
    await using hub = await standIn(({ path }, response) => {
      expect(path).toBe('/v2/namespaces/library/repositories/ubuntu/tags');
      json(response, {
        count: 120,
        next: 'more',
        results: [
          {
            name: '16.04',
            full_size: 99,
            last_updated: '2021-08-31T01:00:00Z',
            digest: `sha256:${'a'.repeat(64)}`,
            images: [
              { architecture: 'amd64', os: 'linux', digest: `sha256:${'b'.repeat(64)}`, size: 46_000_000 },
              { architecture: 'arm64', os: 'linux', variant: 'v8', digest: 'sha256:c', size: 41_000_000 },
              { architecture: 'unknown', os: 'unknown', digest: 'sha256:d', size: 7 },
            ],
          },
        ],
      });
    });
    const registries = registriesAt(hub.url);
    const page = await registries.tags({ source: 'hub', repository: 'library/ubuntu', filter: '16' }, never);
    expect(hub.asked[0]?.query.get('name')).toBe('16');
    expect(page).toMatchObject({ total: 120, next: '2' });
    expect(page.tags[0]).toMatchObject({ name: '16.04', downloadBytes: 46_000_000 });
    expect(page.tags[0]?.platforms.map(({ arch, variant }) => arch + variant)).toEqual(['amd64', 'arm64v8']);
    await registries.tags({ source: 'hub', repository: 'library/ubuntu', filter: '16' }, never);
    expect(hub.asked, 'the second time from memory').toHaveLength(1);
  });

  test('says that a repository is not there', async () => {
    await using hub = await standIn((_, response) => json(response, { message: 'object not found' }, 404));
    const problem = await problemOf(
      registriesAt(hub.url).tags({ source: 'hub', repository: 'no/where' }, never),
    );
    expect(problem.title).toBe('no/where is not in Docker Hub, or it is private');
  });

  test('refuses names that would lead to another address', async () => {
    await using hub = await standIn((_, response) => json(response, {}));
    const problem = await problemOf(
      registriesAt(hub.url).tags({ source: 'hub', repository: '../../users/login' }, never),
    );
    expect(problem.code).toBe('reference-invalid');
    expect(hub.asked).toHaveLength(0);
  });

  test('reads the long description as plain text', async () => {
    await using hub = await standIn((_, response) =>
      json(response, {
        full_description: '# Ubuntu\r\n<script>alert(1)</script>\u0007',
        description: 'short',
      }),
    );
    const about = await registriesAt(hub.url).about({ source: 'hub', repository: 'library/ubuntu' }, never);
    expect(about.text).toBe('# Ubuntu\n<script>alert(1)</script>');
  });
});

describe('stand-in for Quay', () => {
  test('searches, page by page', async () => {
    await using quay = await standIn((_, response) =>
      json(response, {
        results: [
          {
            kind: 'repository',
            name: 'node-exporter',
            namespace: { name: 'prometheus' },
            description: '![logo](x)\n# Node exporter\nExports what a machine does.\nMore',
            is_public: true,
            popularity: 12.5,
            last_modified: 1_750_000_000,
          },
          { kind: 'application', name: 'x', namespace: { name: 'y' } },
        ],
        has_additional: true,
      }),
    );
    const page = await registriesAt(quay.url).search({ source: 'quay', term: 'exporter', next: '2' }, never);
    expect(quay.asked[0]?.query.get('page')).toBe('2');
    expect(page.next).toBe('3');
    expect(page.results).toEqual([
      expect.objectContaining({
        reference: 'quay.io/prometheus/node-exporter',
        repository: 'prometheus/node-exporter',
        description: 'Exports what a machine does.',
        updatedAt: 1_750_000_000_000,
        trust: 'none',
      }),
    ]);
  });

  test('is not asked for trust that it does not mark', async () => {
    await using quay = await standIn((_, response) => json(response, {}, 500));
    const page = await registriesAt(quay.url).search({ source: 'quay', term: 'x', trust: 'official' }, never);
    expect(page).toEqual({ results: [], total: 0, next: null });
    expect(quay.asked).toHaveLength(0);
  });

  test('lists tags', async () => {
    await using quay = await standIn((_, response) =>
      json(response, {
        tags: [
          {
            name: 'v1',
            manifest_digest: 'sha256:aa',
            size: 10,
            is_manifest_list: false,
            start_ts: 1_700_000_000,
          },
          { name: 'v2', manifest_digest: 'sha256:bb', size: 99, is_manifest_list: true },
        ],
        page: 1,
        has_additional: false,
      }),
    );
    const page = await registriesAt(quay.url).tags({ source: 'quay', repository: 'a/b', filter: 'v' }, never);
    expect(quay.asked[0]?.query.get('filter_tag_name')).toBe('like:v');
    expect(page.tags).toMatchObject([
      { name: 'v1', digest: 'sha256:aa', downloadBytes: 10, pushedAt: 1_700_000_000_000 },
      { name: 'v2', digest: 'sha256:bb', downloadBytes: null },
    ]);
  });
});
