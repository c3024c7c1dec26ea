import { expect, test } from 'vitest';
import { missingByName } from '#engine/engine-path';

test.each([
  '/containers/json?',
  '/containers/4f66ad9a0b2e/json?',
  '/containers/my_web.1-a/start?',
  '/images/localhost:5000/team/app:1.0-rc.1/json',
  `/images/sha256:${'a'.repeat(64)}?`,
  `/images/ghcr.io/org/app@sha256:${'a'.repeat(64)}/history`,
  '/images/[::1]:5000/app/json',
  '/images/library%2Fnginx/json',
  '/_ping',
])('%s is asked as it is', (path) => {
  expect(missingByName(path)).toBeNull();
});

test.each([
  ['/containers//json?', 'No such container: /json?'],
  ['/containers/../images/json?all=1#/json?', 'No such container: ../images/json?all=1#/json?'],
  ['/containers/%2e%2e/info/json?', 'No such container: %2e%2e/info/json?'],
  ['/containers/x%2f..%2f..%2finfo/json', 'No such container: x%2f..%2f..%2finfo/json'],
  ['/containers/X?force=true#?', 'No such container: X?force=true#?'],
  ['/images/./json', 'No such image: ./json'],
  ['/volumes/a b', 'no such volume: a b'],
  ['/volumes/%zz', 'no such volume: %zz'],
  ['/networks/é', 'No such network: é'],
  ['/exec/\r\nX: y/json', 'No such exec instance: \r\nX: y/json'],
])('%j never reaches the engine', (path, said) => {
  expect(missingByName(path)).toMatchObject({ message: said, statusCode: 404 });
});
