import type { Container } from '#contract';
import { useProjection } from './projection';

type ByKey = ReadonlyMap<string, readonly Container[]>;

const NONE: readonly Container[] = [];

/** Containers by the keys of what they use. Counted anew only when the list of containers is another one. */
function index(keysOf: (container: Container) => readonly string[]) {
  let of: readonly Container[] | null = null;
  let byKey: ByKey = new Map();
  return (containers: readonly Container[]): ByKey => {
    if (of === containers) return byKey;
    const map = new Map<string, Container[]>();
    for (const container of containers) {
      for (const key of new Set(keysOf(container))) {
        const known = map.get(key);
        if (known) known.push(container);
        else map.set(key, [container]);
      }
    }
    of = containers;
    byKey = map;
    return map;
  };
}

const byImage = index(({ imageId }) => [imageId]);
const byVolume = index(({ mounts }) => mounts.flatMap(({ name }) => name ?? []));

const hook = (by: (containers: readonly Container[]) => ByKey) => ({
  /** All of them, by key. */
  useAll: () => useProjection((now) => by(now.containers.list)),
  useOf: (key: string) => useProjection((now) => by(now.containers.list).get(key) ?? NONE),
});

const image = hook(byImage);
const volume = hook(byVolume);

/** Containers made from an image, running or not, by the image's id. */
export const useContainersOfImage = image.useOf;
export const useImageUsage = image.useAll;
/** Containers that mount a volume, by its name. */
export const useContainersOfVolume = volume.useOf;
export const useVolumeUsage = volume.useAll;
