import { create } from 'zustand';

interface RunDialogState {
  /** Null while the dialog is closed. `image` is null when it should be asked for. */
  request: { image: string | null; key: number } | null;
}

export const useRunDialog = create<RunDialogState>(() => ({ request: null }));

let opened = 0;

/** Opens the Run dialog, for this image (a reference as `docker run` takes it) or for one to choose. */
export function openRun(image?: string): void {
  opened += 1;
  useRunDialog.setState({ request: { image: image ?? null, key: opened } });
}

export const closeRun = (): void => useRunDialog.setState({ request: null });
