import { describe, expect, it } from 'vitest';
import { paletteMatches } from '../../../../renderer/shell/paletteMatch';
import { isPlain, type KeyPress, matchesShortcut } from '../../../../renderer/shell/shortcutKeys';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});

describe('shortcuts', () => {
  it('need exactly their modifiers', () => {
    expect(matchesShortcut('Ctrl K', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(matchesShortcut('Ctrl K', press('k'), false)).toBe(false);
    expect(matchesShortcut('Ctrl K', press('K', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(matchesShortcut('F6', press('F6', { shiftKey: true }), false)).toBe(false);
    expect(matchesShortcut('Shift F6', press('F6', { shiftKey: true }), false)).toBe(true);
  });

  it('use the command key on macOS', () => {
    expect(matchesShortcut('Ctrl K', press('k', { metaKey: true }), true)).toBe(true);
    expect(matchesShortcut('Ctrl K', press('k', { ctrlKey: true }), true)).toBe(false);
  });

  it('take signs however the keyboard makes them', () => {
    expect(matchesShortcut('?', press('?', { shiftKey: true }), false)).toBe(true);
    expect(matchesShortcut('/', press('/', { shiftKey: true }), false)).toBe(true);
  });

  it('would be typed into a field without Ctrl, Alt or a function key', () => {
    expect(['?', '/', 'Ctrl K', 'Alt ArrowLeft', 'F6', 'Shift F6'].filter(isPlain)).toEqual(['?', '/']);
  });
});

describe('the palette', () => {
  const items = [
    { label: 'Restart storefront / worker-1', hint: 'restarting' },
    { label: 'Stop web-1', hint: 'nginx:1.29-alpine, port 8080' },
    { label: 'storefront', hint: 'project' },
    { label: 'Settings', keywords: 'preferences' },
  ];
  const found = (query: string) => paletteMatches(items, query, 10).map((item) => item.label);

  it('needs every word', () => {
    expect(found('restart st')).toEqual(['Restart storefront / worker-1']);
    expect(found('restart web')).toEqual([]);
  });
  it('prefers what begins with the query', () => {
    expect(found('store')).toEqual(['storefront', 'Restart storefront / worker-1']);
  });
  it('searches hints and keywords too', () => {
    expect(found('8080')).toEqual(['Stop web-1']);
    expect(found('pref')).toEqual(['Settings']);
  });
  it('shows everything, in order and cut, without a query', () => {
    expect(paletteMatches(items, '', 2).map((item) => item.label)).toEqual([
      'Restart storefront / worker-1',
      'Stop web-1',
    ]);
  });
});
