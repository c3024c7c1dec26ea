import { expect, test } from 'vitest';
import { familiarName, parseReference } from '#contract/reference';
import { catalogue, lookUp, similarTo } from '#registry/catalogue';

test('every recommended image has a name that docker pull takes, written as people write it', () => {
  expect(catalogue.length).toBeGreaterThanOrEqual(40);
  for (const { reference, tag } of catalogue) {
    const parsed = parseReference(`${reference}:${tag}`);
    expect(parsed && familiarName(parsed), reference).toBe(reference);
    expect(parsed?.tag, reference).toBe(tag);
  }
  expect(new Set(catalogue.map(({ reference }) => reference)).size).toBe(catalogue.length);
});

test('all categories are there, paths are absolute, and volumes have names of their own', () => {
  expect(new Set(catalogue.map(({ category }) => category)).size).toBe(7);
  const volumes = catalogue.flatMap(({ data }) => data.map(({ volume }) => volume));
  expect(new Set(volumes).size).toBe(volumes.length);
  for (const { data, ports } of catalogue) {
    for (const { path, volume } of data) {
      expect(path).toMatch(/^\/[^ ]+$/);
      expect(volume).toMatch(/^[a-z0-9][a-z0-9-]+$/);
    }
    for (const { port } of ports) expect(port).toBeGreaterThan(0);
  }
});

test('finds an entry whatever the tag and the spelling', () => {
  expect(lookUp('postgres')?.data[0]?.path).toBe('/var/lib/postgresql');
  expect(lookUp('docker.io/library/postgres:17')?.name).toBe('PostgreSQL');
  expect(lookUp('ghcr.io/library/postgres')).toBeUndefined();
  expect(lookUp('not a reference')).toBeUndefined();
});

test('knows what was meant by a slip of the fingers, and by nothing else', () => {
  expect(similarTo('ngnix')).toBe('nginx');
  expect(similarTo('postgress:18')).toBe('postgres');
  expect(similarTo('grafana/grafanna')).toBe('grafana/grafana');
  expect(similarTo('nginx:1.99')).toBeUndefined();
  expect(similarTo('nfs')).toBeUndefined();
  expect(similarTo('mycompany/shop')).toBeUndefined();
  expect(similarTo('not a reference')).toBeUndefined();
});
