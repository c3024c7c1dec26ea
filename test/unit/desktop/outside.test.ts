import { expect, test } from 'vitest';
import { mayOpenOutside } from '#desktop/outside';

test.each([
  'https://hub.docker.com/_/nginx',
  'http://localhost:8080/',
  'http://127.0.0.1:5000/v2/',
  'http://[::1]:3000',
])('%s may be opened', (address) => {
  expect(mayOpenOutside(address)).toBe(true);
});

test.each([
  'http://example.com/',
  'http://localhost.evil.example/',
  'http://127.0.0.1.evil.example/',
  'https://user:password@example.com/',
  'http://localhost@evil.example/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'smb://server/share',
  'ms-msdt:/id',
  'app://gantry/',
  'vscode://x',
  '/etc/passwd',
  '',
])('%j may not', (address) => {
  expect(mayOpenOutside(address)).toBe(false);
});
