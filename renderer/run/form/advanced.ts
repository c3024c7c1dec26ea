import type { RunProposal, RunSpec } from '#contract';

/** Fields of the advanced part, for counting what was changed there and for taking it back. */
const single = [
  'network',
  'hostname',
  'command',
  'entrypoint',
  'workdir',
  'user',
  'health',
  'platform',
  'privileged',
  'tty',
  'autoRemove',
  'memoryBytes',
  'cpus',
] as const;
const lists = ['labels', 'capAdd', 'capDrop'] as const;

/** A run of this image with nothing said about it. */
export const emptyRun = (image: string): RunSpec => ({
  image,
  ports: [],
  env: [],
  mounts: [],
  restart: 'no',
  labels: [],
  privileged: false,
  capAdd: [],
  capDrop: [],
  tty: false,
  autoRemove: false,
});

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const isNeeded = (proposal: RunProposal | null, name: string) =>
  (proposal?.variables ?? []).some((known) => known.needed && known.name === name);

/** How many things in the advanced part differ from what was proposed. */
export function changedCount(spec: RunSpec, proposed: RunSpec, proposal: RunProposal | null): number {
  const others =
    spec.env.filter(({ name }) => !isNeeded(proposal, name)).length +
    spec.mounts.filter(({ type }) => type !== 'volume').length;
  const ofLists = lists.reduce((sum, field) => sum + spec[field].length, 0);
  return others + ofLists + single.filter((field) => !same(spec[field], proposed[field])).length;
}

/** The advanced part as it was proposed; the simple part stays. */
export function resetAdvanced(spec: RunSpec, proposed: RunSpec, proposal: RunProposal | null): RunSpec {
  return {
    ...proposed,
    image: spec.image,
    name: spec.name,
    ports: spec.ports,
    restart: spec.restart,
    env: spec.env.filter(({ name }) => isNeeded(proposal, name)),
    mounts: spec.mounts.filter(({ type }) => type === 'volume'),
  };
}

const simple = /^(?:image|name|ports|restart)(?:\.|$)/;

/** Whether a field stands in the advanced part. */
export function isAdvanced(field: string, spec: RunSpec, proposal: RunProposal | null): boolean {
  if (simple.test(field)) return false;
  const [list, index] = field.split('.');
  if (list === 'mounts') return spec.mounts[Number(index)]?.type !== 'volume';
  if (list === 'env') return !isNeeded(proposal, spec.env[Number(index)]?.name ?? '');
  return true;
}
