import { expect, test } from 'vitest';
import { chosen, speaker } from '#contract/language';

test('the language is the first of those that the user reads and Gantry speaks', () => {
  expect(chosen(['de', 'pt-BR'], ['de-AT', 'en'])).toBe('de');
  expect(chosen(['de', 'pt-BR'], ['fr', 'pt-BR'])).toBe('pt-BR');
  expect(chosen(['de', 'pt-BR'], ['pt-PT'])).toBeUndefined();
});

test('English is spoken to those who like it better', () => {
  expect(chosen(['de'], ['en-GB', 'de'])).toBeUndefined();
  expect(chosen(['de'], [])).toBeUndefined();
});

test('what has no translation is said in English', () => {
  const { say, sayCounted } = speaker('de', { 'Start it': 'Starten' });
  expect(say('Start it')).toBe('Starten');
  expect(say('{0} of {1}', [1, 2])).toBe('1 of 2');
  expect(sayCounted(2, 'image', 'images')).toBe('images');
});

test('what is filled in is not read for gaps again', () => {
  expect(speaker(undefined).say('{0} and {1}', ['{1}', 'b'])).toBe('{1} and b');
});
