import { describe, expect, it } from 'vitest';
import { appletsOf } from '#guest/busybox';
import { parseUris } from '#guest/debian';
import { licencesIn } from '#guest/licences';
import { parseDependencies, selectModules } from '#guest/modules';

it("reads name, version and hash from apt's addresses of packages", () => {
  const hash = 'b'.repeat(64);
  const output = [
    `'http://mirror.example/pool/t/tini_0.19.0-3%2bb8_amd64.deb' tini_0.19.0-3+b8_amd64.deb 280384 SHA256:${hash}`,
    `'http://mirror.example/pool/b/busybox-static_1.37.0_amd64.deb' busybox-static_1%3a1.37.0_amd64.deb 9 SHA256:${hash}`,
    'Reading package lists...',
  ].join('\n');
  expect(parseUris(output)).toEqual([
    {
      name: 'busybox-static',
      version: '1:1.37.0',
      file: 'busybox-static_1%3a1.37.0_amd64.deb',
      sha256: hash,
    },
    { name: 'tini', version: '0.19.0-3+b8', file: 'tini_0.19.0-3+b8_amd64.deb', sha256: hash },
  ]);
});

describe('licences', () => {
  it('come from the fields of a machine-readable file, each once', () => {
    expect(
      licencesIn('Files: *\nLicense: Expat\n\nFiles: b\nLicense: Apache-2.0\n\nLicense: Expat\n Text\n'),
    ).toBe('Apache-2.0, Expat');
  });

  it('come from what prose points to', () => {
    expect(
      licencesIn('see `/usr/share/common-licenses/GPL-2`, and /usr/share/common-licenses/LGPL-2.1.'),
    ).toBe('GPL-2, LGPL-2.1');
  });

  it('are left to the file where it names none', () => {
    expect(licencesIn('In the public domain.')).toBe('see its copyright file');
  });
});

it('keeps the wanted kernel modules with all that they need, and no others', () => {
  const dependencies = parseDependencies(
    [
      'kernel/drivers/net/virtio_net.ko.xz: kernel/drivers/net/net_failover.ko.xz kernel/net/core/failover.ko.xz',
      'kernel/drivers/net/net_failover.ko.xz: kernel/net/core/failover.ko.xz',
      'kernel/net/core/failover.ko.xz:',
      'kernel/net/bridge/bridge.ko.xz:',
      'kernel/drivers/net/virtio_net_other.ko.xz:',
      'kernel/drivers/gpu/drm.ko.xz:',
      '',
    ].join('\n'),
  );
  expect(selectModules(dependencies)).toEqual([
    'kernel/drivers/net/net_failover.ko.xz',
    'kernel/drivers/net/virtio_net.ko.xz',
    'kernel/net/bridge/bridge.ko.xz',
    'kernel/net/core/failover.ko.xz',
  ]);
});

describe("busybox's commands", () => {
  const table = (names: string[]) => Buffer.from(`code\0[\0[[\0${names.join('\0')}\0\0more\0`, 'latin1');
  const needed = [
    ...['base64', 'fallocate', 'fstrim', 'ip', 'mkfifo', 'mkswap'],
    ...['modprobe', 'mount', 'sh', 'swapoff', 'swapon', 'switch_root'],
  ];

  it('are read from the table in the program', () => {
    expect(appletsOf(table(['busybox', ...needed]))).toEqual(['[', '[[', ...needed]);
  });

  it('are not guessed when one that the guest needs is missing', () => {
    expect(() => appletsOf(table(['ip', 'sh']))).toThrow(/modprobe/);
    expect(() => appletsOf(Buffer.from('nothing'))).toThrow(/sh/);
  });
});
