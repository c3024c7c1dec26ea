import { expect, it } from 'vitest';
import { guestManifest } from '#guest/manifest';

const file = { sha256: 'a'.repeat(64), bytes: 10 };
const manifest = {
  id: '0123456789abcdef',
  arch: 'amd64',
  builtAt: '2026-11-26T20:59:02.606Z',
  files: { kernel: file, initrd: file, 'root.br': file, 'welcome.tar': file },
  root: file,
  packages: [{ name: 'tini', version: '0.19.0-3', licence: 'Expat' }],
};

it('takes a whole manifest as it is', () => {
  expect(guestManifest.parse(manifest)).toEqual(manifest);
});

it.each([
  ['a file is not named', { ...manifest, files: { kernel: file, initrd: file, 'root.br': file } }],
  ['a hash is cut off', { ...manifest, root: { ...file, sha256: 'a'.repeat(63) } }],
  ['a file is empty', { ...manifest, root: { ...file, bytes: 0 } }],
  ['the processor is unknown', { ...manifest, arch: 'mips' }],
  ['the id could be a path', { ...manifest, id: '../../0123456789' }],
])('refuses it when %s', (_, wrong) => {
  expect(guestManifest.safeParse(wrong).success).toBe(false);
});
