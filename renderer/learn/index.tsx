import { useRouter } from '../shell/router';
import { LessonList } from './LessonList';
import { LessonView } from './LessonView';
import { lessons } from './lessons';

/** Lessons on the user's own engine: the list, or the one that is open. */
export default function LearnPage() {
  const route = useRouter((now) => now.route);
  const id = route.page === 'learn' ? route.lesson : undefined;
  const number = lessons.findIndex((lesson) => lesson.id === id);
  const lesson = lessons[number];
  return lesson ? <LessonView key={lesson.id} lesson={lesson} number={number + 1} /> : <LessonList />;
}
