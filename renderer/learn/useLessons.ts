import { useProjection } from '../data/projection';
import { useSettings } from '../settings/useSettings';
import type { Lesson, World } from './lesson';

/** Steps that were passed, by lesson, kept between starts. */
export function useLessons() {
  const { settings, change } = useSettings();
  const passed = settings?.lessons ?? {};
  return {
    /** How many steps of it are done. */
    passedOf: ({ id, steps }: Lesson) => Math.min(passed[id] ?? 0, steps.length),
    pass: ({ id }: Lesson, steps: number) => change({ lessons: { ...passed, [id]: steps } }),
  };
}

/** What the engine holds now; checks follow its events. */
export function useWorld(): World {
  const engine = useProjection((now) => now.engine);
  const containers = useProjection((now) => now.containers.list);
  const images = useProjection((now) => now.images.list);
  const volumes = useProjection((now) => now.volumes.list);
  const networks = useProjection((now) => now.networks.list);
  return { engine, containers, images, volumes, networks };
}
