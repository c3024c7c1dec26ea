import type { Lesson } from '../lesson';
import { containerLessons } from './containers';
import { objectLessons } from './objects';

const order = [
  ...['container', 'vm', 'client', 'images', 'ports', 'data'],
  ...['networks', 'trust', 'life', 'cleaning', 'exit-codes'],
];

const all = new Map([...containerLessons, ...objectLessons].map((lesson) => [lesson.id, lesson]));

/** The lessons, in the order in which they build on one another. */
export const lessons: readonly Lesson[] = order.flatMap((id) => all.get(id) ?? []);
