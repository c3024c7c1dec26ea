import { useState } from 'react';
import { Button } from '#ui/Button';
import { showProblem } from '../data/problems';
import { navigate } from '../shell/router';
import { leftoversOf, namesOf, removeLeftovers } from './leftovers';
import type { Lesson, World } from './lesson';
import { lessons } from './lessons';

/** A lesson is done: what it left, to be removed, and the next one. */
export function LessonEnd({ lesson, world }: { lesson: Lesson; world: World }) {
  const left = leftoversOf(lesson, world);
  const names = namesOf(left);
  const next = lessons[lessons.indexOf(lesson) + 1];
  const [busy, setBusy] = useState(false);
  async function remove() {
    setBusy(true);
    await removeLeftovers(left).catch(showProblem);
    setBusy(false);
  }
  return (
    <section className="min-h-0 overflow-auto px-7 py-6 col-span-2" aria-labelledby="lesson-done">
      <h2 className="text-20 font-strong tracking-[-0.012em]" id="lesson-done">
        That is all
      </h2>
      <p className="text-14 text-fg2 mt-2.5 max-w-[560px]">
        {names.length > 0
          ? `This lesson has left ${names.join(', ')} on your engine. You can keep it to play with.`
          : 'This lesson has left nothing on your engine.'}
      </p>
      <p className="flex gap-2.5 mt-5">
        {names.length > 0 && (
          <Button busy={busy} onPress={() => void remove()}>
            Remove what it left
          </Button>
        )}
        {next && (
          <Button variant="primary" onPress={() => navigate({ page: 'learn', lesson: next.id })}>
            Next: {next.title}
          </Button>
        )}
      </p>
    </section>
  );
}
