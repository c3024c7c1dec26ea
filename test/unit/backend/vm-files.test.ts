import { afterEach, describe, expect, it, vi } from 'vitest';
import { architecture } from '#backend/architecture';
import { guestImage } from '#backend/vm-files';

afterEach(() => vi.unstubAllEnvs());

describe('the guest image', () => {
  it('is beside the built programs', () => {
    expect(guestImage('file:///home/me/gantry/out/backend/process.js')).toBe(
      `/home/me/gantry/out/guest/${architecture}`,
    );
  });

  it('is beside the archive of an installed Gantry, for QEMU reads no archive', () => {
    expect(guestImage('file:///usr/lib/gantry/resources/app.asar/out/cli/gantry.js')).toBe(
      `/usr/lib/gantry/resources/guest/${architecture}`,
    );
  });

  it('can be named', () => {
    vi.stubEnv('GANTRY_GUEST', '/somewhere');
    expect(guestImage()).toBe('/somewhere');
  });
});
