import PO from 'pofile';
import { expect, test } from 'vitest';
import { translations, updated } from '../../../scripts/languages/catalogue.mjs';

function sentence(msgid: string, msgid_plural?: string) {
  const item = new PO.Item();
  return Object.assign(item, {
    msgid,
    references: ['renderer/page.tsx'],
    ...(msgid_plural ? { msgid_plural } : {}),
  });
}

test('a new catalogue has a place for each form of the language', () => {
  const text = updated('pl', undefined, [sentence('Start it'), sentence('image', 'images')]);
  expect(PO.parse(text).items.map(({ msgid, msgstr }) => [msgid, msgstr.length])).toEqual([
    ['Start it', 1],
    ['image', new Intl.PluralRules('pl').resolvedOptions().pluralCategories.length],
  ]);
  expect(translations(text, 'pl')).toEqual({});
});

test('an update keeps what is translated, takes what is gone, and is the same twice', () => {
  const before = updated('de', undefined, [sentence('Start it'), sentence('Gone')]).replace(
    'msgid "Start it"\nmsgstr ""',
    'msgid "Start it"\nmsgstr "Starten"',
  );
  const after = updated('de', before, [sentence('New'), sentence('Start it')]);
  expect(translations(after, 'de')).toEqual({ 'Start it': 'Starten' });
  expect(after).not.toContain('Gone');
  expect(updated('de', after, [sentence('New'), sentence('Start it')])).toBe(after);
});

test('a translation that loses what is filled in is refused', () => {
  const text = 'msgid "{0} of {1}"\nmsgstr "{0} von"\n';
  expect(() => translations(text, 'de')).toThrow(
    'languages/de.po: “{0} von” needs the same {0} {1} as “{0} of {1}”',
  );
});
