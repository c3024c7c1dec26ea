import { create } from 'zustand';
import type { Problem, RunSpec } from '#contract';

export interface RunRequest {
  /** Null when it should be asked for. */
  image: string | null;
  /** A run that was tried already, and why it failed. */
  tried: { spec: RunSpec; problem: Problem } | null;
  key: number;
}

/** The request is null while the dialog is closed. */
export const useRunDialog = create<{ request: RunRequest | null }>(() => ({ request: null }));

let opened = 0;

function open(request: Omit<RunRequest, 'key'>): void {
  opened += 1;
  useRunDialog.setState({ request: { ...request, key: opened } });
}

/** Opens the Run dialog, for this image (a reference as `docker run` takes it) or for one to choose. */
export const openRun = (image?: string): void => open({ image: image ?? null, tried: null });

/** Opens it again with what failed, so that nothing that was entered is lost. */
export const reopenRun = (spec: RunSpec, problem: Problem): void =>
  open({ image: spec.image, tried: { spec, problem } });

export const closeRun = (): void => useRunDialog.setState({ request: null });
