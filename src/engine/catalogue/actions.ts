import { clockTime } from '#contract/clock-time';
import type { Replacement } from '#contract/containers';
import type { ProblemAction } from '#contract/problem';
import type { ProblemContext } from './entry';

type Named = { id: string; name: string };

/** Puts a value into the form that caused the problem, for the user to go on from there. */
export const change = (label: string, field: string, value: unknown): ProblemAction => ({
  kind: 'change',
  label,
  field,
  value,
});

/** Puts a value into the form, which runs again with it. */
export const changeAndRun = (label: string, field: string, value: unknown): ProblemAction => ({
  kind: 'change',
  label,
  field,
  value,
  again: true,
});

/** Puts a container that differs in one thing in the place of one that could not start. */
export const replace = (label: string, id: string, change: Replacement): ProblemAction => ({
  kind: 'call',
  label,
  procedure: 'containers.replace',
  input: { id, change },
});

export const retry: ProblemAction = { kind: 'retry', label: 'Try again' };

/** Does the same thing again, but not before it can succeed. */
export const retryAt = (at: number): ProblemAction => ({
  kind: 'retry',
  label: `Try again at ${clockTime(at)}`,
  at,
});

export const start = (id: string, label = 'Start again'): ProblemAction => ({
  kind: 'call',
  label,
  procedure: 'containers.start',
  input: { ids: [id] },
});

export const stop = (id: string, label: string): ProblemAction => ({
  kind: 'call',
  label,
  procedure: 'containers.stop',
  input: { ids: [id] },
});

export const restart = (id: string): ProblemAction => ({
  kind: 'call',
  label: 'Restart',
  procedure: 'containers.restart',
  input: { ids: [id] },
});

/** Can be undone for a moment. */
export const remove = (id: string, label: string): ProblemAction => ({
  kind: 'call',
  label,
  procedure: 'containers.remove',
  input: { ids: [id] },
});

export const download = (label: string, reference: string, platform?: string): ProblemAction => ({
  kind: 'call',
  label,
  procedure: 'images.pull',
  input: platform ? { reference, platform } : { reference },
});

export const showContainer = ({ id, name }: Named, label = `Show ${name}`): ProblemAction => ({
  kind: 'open',
  label,
  page: 'containers',
  target: id,
});

export const showLog = (id: string): ProblemAction => ({
  kind: 'open',
  label: 'Show its log',
  page: 'containers',
  target: id,
  tab: 'logs',
});

export const showNetworks: ProblemAction = { kind: 'open', label: 'Show networks', page: 'networks' };
export const showImages: ProblemAction = { kind: 'open', label: 'Show images', page: 'images' };

export const search = (label: string, text: string): ProblemAction => ({
  kind: 'open',
  label,
  page: 'discover',
  target: text,
});

export const signIn: ProblemAction = {
  kind: 'open',
  label: 'Add a sign-in',
  page: 'settings',
  target: 'registries',
};

export const reconnect: ProblemAction = { kind: 'call', label: 'Try now', procedure: 'engine.reconnect' };

export const chooseEngine: ProblemAction = {
  kind: 'open',
  label: 'Choose another engine',
  page: 'settings',
  target: 'engine',
};

/** Chooses the engine in Gantry's VM, and starts it. @param host where it is, in Docker host notation */
export const chooseOwnEngine = (host: string): ProblemAction => ({
  kind: 'call',
  label: 'Use Gantry’s own engine',
  procedure: 'engine.select',
  input: { host },
});

/** Opens the Run dialog for the image of a container that cannot be repaired as it is. */
export const runAnew = (image: string): ProblemAction => ({
  kind: 'open',
  label: 'Run it anew',
  page: 'run',
  target: image,
});

/** In a form: changes its field. For a container that was made already: puts another in its place, or makes one. */
export function changeOrRunAnew(
  { field, image, id }: ProblemContext,
  fix: ProblemAction,
  change?: Replacement,
): ProblemAction[] {
  if (field) return [fix];
  if (id && change) return [replace(fix.label, id, change)];
  return image ? [runAnew(image)] : [];
}
