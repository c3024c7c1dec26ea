import { describe, expect, it } from 'vitest';
import { compareVersions } from '#engine/handshake';

describe('API versions', () => {
  it('are two numbers, not a fraction', () => {
    expect(compareVersions('1.9', '1.41')).toBeLessThan(0);
    expect(compareVersions('1.50', '1.5')).toBeGreaterThan(0);
    expect(compareVersions('1.41', '1.41')).toBe(0);
    expect(compareVersions('2.0', '1.99')).toBeGreaterThan(0);
  });
});
