import { expect, test } from 'vitest';
import type { CatalogueEntry, FoundRepository } from '#contract';
import { endOfLife } from '../../../../renderer/discover/endOfLife';
import { bareRepository } from '../../../../renderer/discover/reading';
import {
  briefCount,
  catalogueMatches,
  isForOthers,
  mergeResults,
  staleYears,
} from '../../../../renderer/discover/results';

const now = Date.parse('2026-11-01T00:00:00Z');
const hub = (repository: string, more: Partial<FoundRepository> = {}) => ({
  ...bareRepository('docker.io', repository),
  ...more,
});
const own = (repository: string): FoundRepository => ({
  ...bareRepository('localhost:5000', repository),
  trust: 'yours',
});
const names = (results: readonly FoundRepository[]) => results.map(({ reference }) => reference);

test('the repository of that very name comes first, then each source’s best in turn', () => {
  const lists = [
    [hub('a/ubuntu-tools'), hub('library/ubuntu'), hub('b/other')],
    [own('base/ubuntu'), own('base/x')],
  ];
  expect(names(mergeResults(lists, 'ubuntu', 'best'))).toEqual([
    'ubuntu',
    'localhost:5000/base/ubuntu',
    'a/ubuntu-tools',
    'localhost:5000/base/x',
    'b/other',
  ]);
});

test('orders by pulls or by date, with what does not tell at the end', () => {
  const list = [
    hub('a/one'),
    hub('a/two', { pulls: 5, updatedAt: 9 }),
    hub('a/three', { pulls: 9, updatedAt: 5 }),
  ];
  expect(names(mergeResults([list], 'a', 'pulls'))).toEqual(['a/three', 'a/two', 'a/one']);
  expect(names(mergeResults([list], 'a', 'updated'))).toEqual(['a/two', 'a/three', 'a/one']);
});

test('finds recommended images by name, kind and purpose', () => {
  const entry: CatalogueEntry = {
    reference: 'postgres',
    tag: '18',
    name: 'PostgreSQL',
    category: 'Databases',
    purpose: 'The relational database.',
    ports: [],
    variables: [],
    data: [],
    whenItRuns: '',
    interactive: false,
  };
  expect(names(catalogueMatches([entry], 'relational database'))).toEqual(['postgres']);
  expect(names(catalogueMatches([entry], 'databases'))).toEqual(['postgres']);
  expect(catalogueMatches([entry], 'redis')).toEqual([]);
});

test('tells how long a repository had no update, from two years on', () => {
  expect(staleYears({ updatedAt: Date.parse('2020-10-01') }, now)).toBe(6);
  expect(staleYears({ updatedAt: Date.parse('2025-10-01') }, now)).toBeNull();
  expect(staleYears({ updatedAt: null }, now)).toBeNull();
});

test('cuts counts short', () => {
  expect([412, 1500, 17_600, 2_100_000, 1e9].map(briefCount)).toEqual(['412', '1.5k', '17k', '2.1M', '1B']);
});

test('knows the end of support of versions and codenames, and of nothing else', () => {
  const april2021 = Date.parse('2021-04-30');
  expect(endOfLife('ubuntu', '16.04', now)).toBe(april2021);
  expect(endOfLife('ubuntu', 'xenial-20210804', now)).toBe(april2021);
  expect(endOfLife('node', '18-alpine', now)).not.toBeNull();
  expect(endOfLife('python', '3.8.20-slim', now)).not.toBeNull();
  expect(endOfLife('python', '3.14', now)).toBeNull();
  expect(endOfLife('postgres', '1', now)).toBeNull();
  expect(endOfLife('postgres', '15', now)).toBeNull();
  expect(endOfLife('someone/ubuntu', '16.04', now)).toBeNull();
  expect(endOfLife('constructor', '1', now)).toBeNull();
});

test('tells that nothing is there for this processor only where a source lists processors', () => {
  expect(isForOthers({ architectures: ['arm64', 's390x'] }, 'amd64')).toBe(true);
  expect(isForOthers({ architectures: ['arm64', 'amd64'] }, 'amd64')).toBe(false);
  expect(isForOthers({ architectures: [] }, 'amd64')).toBe(false);
});
