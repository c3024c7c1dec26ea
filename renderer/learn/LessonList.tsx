import { Check, ListChecks, MousePointerClick, Trash2 } from 'lucide-react';
import { Button } from '#ui/Button';
import { PageHeader } from '#ui/PageHeader';
import { navigate } from '../shell/router';
import { classes } from '../ui/classes';
import type { Lesson } from './lesson';
import { lessons } from './lessons';
import { StepBar } from './StepBar';
import { useLessons } from './useLessons';

const how = [
  { icon: MousePointerClick, text: 'You do it for real, here in Gantry or in a terminal.' },
  { icon: ListChecks, text: 'Each step looks at your engine, and says what is missing.' },
  { icon: Trash2, text: 'At the end, what the lesson made can be removed.' },
];

/** All lessons, and how far each is. */
export function LessonList() {
  const { passedOf } = useLessons();
  const done = lessons.filter((lesson) => passedOf(lesson) === lesson.steps.length).length;
  return (
    <div className="flex-1 min-h-0 overflow-auto">
      <PageHeader title="Learn" summary={`${done} of ${lessons.length} lessons done`} />
      <div className="px-6 pb-6 grid grid-cols-[minmax(0,1fr)_280px] max-[1039px]:grid-cols-1 gap-4 items-start">
        <ol className="card divide-y divide-line" aria-label="Lessons">
          {lessons.map((lesson, index) => (
            <Row key={lesson.id} lesson={lesson} number={index + 1} passed={passedOf(lesson)} />
          ))}
        </ol>
        <section className="card p-4" aria-labelledby="how-lessons-work">
          <h2 className="h2 mb-2.5" id="how-lessons-work">
            How a lesson works
          </h2>
          <ul className="grid gap-2.5">
            {how.map(({ icon: Icon, text }) => (
              <li key={text} className="flex gap-2.5 text-12 text-fg2">
                <Icon size={15} className="text-accent-fg shrink-0 mt-px" aria-hidden="true" />
                {text}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  );
}

function Row({ lesson, number, passed }: { lesson: Lesson; number: number; passed: number }) {
  const { id, title, about, minutes, steps } = lesson;
  const all = passed === steps.length;
  const word = all ? 'Repeat' : passed > 0 ? 'Continue' : 'Start';
  return (
    <li className="flex items-center gap-4 px-3 min-h-[52px]">
      <span
        className={classes(
          'grid place-items-center size-6 rounded-full text-12 font-strong num shrink-0',
          all ? 'bg-accent-soft text-accent-fg' : 'shadow-[inset_0_0_0_1.5px_var(--g-line-strong)]',
        )}
      >
        {all ? <Check size={14} aria-label="done" /> : number}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block font-strong truncate">{title}</span>
        <span className="block text-12 text-fg2 truncate">{about}</span>
      </span>
      <span className="w-32 flex shrink-0">
        <StepBar passed={passed} of={steps.length} />
      </span>
      <span className="w-14 text-12 text-fg2 num">{all ? 'done' : `${passed} of ${steps.length}`}</span>
      <span className="w-12 text-12 text-fg2 num">{minutes} min</span>
      <Button
        size="sm"
        variant={all ? 'quiet' : 'plain'}
        aria-label={`${word}: ${title}`}
        className="w-[84px] justify-center"
        onPress={() => navigate({ page: 'learn', lesson: id })}
      >
        {word}
      </Button>
    </li>
  );
}
