import { expect, it } from 'vitest';
import { lessons } from '../../../../renderer/learn/lessons';
import { explained, type TermId, terms } from '../../../../renderer/terms/terms';

const ids = Object.keys(terms) as TermId[];

it('leads only to lessons that there are', () => {
  const known = new Set(lessons.map(({ id }) => id));
  const wanted = ids.flatMap((id) => explained(id).lesson ?? []);
  expect(wanted.filter((id) => !known.has(id))).toEqual([]);
});

it.each(ids)('explains %s in one to three sentences', (id) => {
  const sentences = explained(id).text.match(/[.?](?= |$)/g) ?? [];
  expect(sentences.length).toBeGreaterThan(0);
  expect(sentences.length).toBeLessThanOrEqual(3);
});
