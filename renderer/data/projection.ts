import { create } from 'zustand';
import type { Container, EngineState, Image, Network, ProjectionBatch, VmStatus, Volume } from '#contract';
import { client } from './client';
import { type Collection, emptyCollection, patched, replaced } from './collection';
import { followWhileVisible } from './follow';
import { useVm } from './vm';

interface Projection {
  engine: EngineState;
  /** False until the engine's objects were read for the first time. */
  loaded: boolean;
  containers: Collection<Container>;
  images: Collection<Image>;
  volumes: Collection<Volume>;
  networks: Collection<Network>;
}

const id = (item: { id: string }) => item.id;
const name = (item: { name: string }) => item.name;

/** What the engine holds, as the backend last told it. Views read it through the hooks below. */
export const useProjection = create<Projection>(() => ({
  engine: {
    status: 'connecting',
    endpoint: null,
    facts: null,
    since: Date.now(),
    problem: null,
    nextAttemptAt: null,
  },
  loaded: false,
  containers: emptyCollection(),
  images: emptyCollection(),
  volumes: emptyCollection(),
  networks: emptyCollection(),
}));

/** The projection after a batch. Pure, so that it can be tested without a backend. */
export function afterBatch(now: Projection, batch: ProjectionBatch): Projection {
  if (batch.type === 'reset') {
    return {
      engine: batch.engine,
      loaded: batch.loaded,
      containers: replaced(now.containers, batch.containers, id),
      images: replaced(now.images, batch.images, id),
      volumes: replaced(now.volumes, batch.volumes, name),
      networks: replaced(now.networks, batch.networks, id),
    };
  }
  return {
    engine: batch.engine ?? now.engine,
    loaded: now.loaded,
    containers: patched(now.containers, batch.containers, id),
    images: patched(now.images, batch.images, id),
    volumes: patched(now.volumes, batch.volumes, name),
    networks: patched(now.networks, batch.networks, id),
  };
}

/** Follows the backend's projection. Returns what ends it. */
export const followProjection = () =>
  followWhileVisible(
    (signal) => client.projection.watch(undefined, { signal }),
    (batch) => {
      if (batch.type === 'reset' && batch.loaded && !useProjection.getState().loaded)
        performance.mark('gantry:data');
      useProjection.setState((now) => afterBatch(now, batch));
    },
  );

export const useEngine = (): EngineState => useProjection((now) => now.engine);

/** While the VM is in one of these, what was read of its engine before tells nothing. */
const gone: ReadonlySet<VmStatus> = new Set(['absent', 'building', 'stopped', 'starting', 'failed']);

/** Whether the engine's objects are known. */
export function useLoaded(): boolean {
  const loaded = useProjection((now) => now.loaded);
  const ofVm = useProjection((now) => now.engine.endpoint?.source === 'Gantry VM');
  const vm = useVm();
  return loaded && !(ofVm && vm !== null && gone.has(vm.status));
}

export const useContainers = (): readonly Container[] => useProjection((now) => now.containers.list);
export const useImages = (): readonly Image[] => useProjection((now) => now.images.list);
export const useVolumes = (): readonly Volume[] => useProjection((now) => now.volumes.list);
export const useNetworks = (): readonly Network[] => useProjection((now) => now.networks.list);
export const useContainer = (containerId: string): Container | undefined =>
  useProjection((now) => now.containers.byKey.get(containerId));
