import { describe, expect, it } from 'vitest';
import { Refusal } from '#vm/nine/errno';
import { checkName } from '#vm/nine/names';

/** The code that a name is refused with, or null. */
function refusal(name: string, platform: NodeJS.Platform = 'linux'): string | null {
  try {
    checkName(name, platform);
    return null;
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

describe('names', () => {
  it.each(['a', '...', '.git', 'a:b', 'con', 'a b', 'ä'.repeat(127), 'a.'])('takes %j', (name) => {
    expect(refusal(name)).toBeNull();
  });

  it.each(['.', '..', 'a/b', '/', 'a\\b', '..\\x', 'a\0'])('refuses %j', (name) => {
    expect(refusal(name)).toBe('EINVAL');
  });

  it('counts bytes, not letters', () => {
    expect(refusal('x'.repeat(255))).toBeNull();
    expect(refusal('ä'.repeat(128))).toBe('ENAMETOOLONG');
    expect(refusal('')).toBe('ENOENT');
  });

  it.each([
    'CON',
    'nul',
    'NUL.txt',
    'aux .c',
    'com1',
    'LPT9.log',
    'COM¹',
    'conin$',
    'a.',
    'a ',
    '...',
    'a:b',
    'file::$DATA',
    'what?',
    '*',
    'a\u0001',
  ])('refuses %j on Windows, where it would be something else', (name) => {
    expect(refusal(name, 'win32')).toBe('EINVAL');
  });

  it.each(['console', 'nully', 'com', 'com10', '.gitignore', 'a.b', 'ä'])('takes %j on Windows', (name) => {
    expect(refusal(name, 'win32')).toBeNull();
  });
});
