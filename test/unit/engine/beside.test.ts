import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startsWhenCalled } from '#engine/beside';

const at = (path: string, source: 'known socket' | 'setting' | 'docker context' = 'known socket') => ({
  host: `unix://${path}`,
  label: 'Docker',
  source,
});

describe('an engine that a connection may start', () => {
  it('is behind a socket that systemd holds open', () => {
    expect(startsWhenCalled(at('/run/user/0/nowhere/docker.sock'), 'linux')).toBe(true);
    expect(startsWhenCalled(at('/run/podman/podman.sock'), 'linux')).toBe(true);
  });

  it('runs already where its process id is beside its socket', (test) => {
    // Only root and systemd write to /run.
    if (process.platform !== 'linux' || process.getuid?.() !== 0) test.skip('needs root on Linux');
    const folder = mkdtempSync('/run/gantry-test-');
    try {
      expect(startsWhenCalled(at(join(folder, 'docker.sock')), 'linux')).toBe(true);
      writeFileSync(join(folder, 'docker.pid'), '1');
      expect(startsWhenCalled(at(join(folder, 'docker.sock')), 'linux')).toBe(false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is none that the user has named, and none of another system', () => {
    expect(startsWhenCalled(at('/run/podman/podman.sock', 'setting'), 'linux')).toBe(false);
    expect(startsWhenCalled(at('/run/podman/podman.sock', 'docker context'), 'linux')).toBe(false);
    expect(startsWhenCalled(at('/home/me/.docker/desktop/docker.sock'), 'linux')).toBe(false);
    expect(startsWhenCalled(at('/var/run/docker.sock'), 'darwin')).toBe(false);
  });
});
