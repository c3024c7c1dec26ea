import { create } from 'zustand';

export interface ToastAction {
  label: string;
  onPress: () => void;
  /** Filled; at most one per toast. */
  primary?: boolean;
}

export interface ToastInput {
  /** Stays until dismissed when 'error'; 8 seconds when 'success'. */
  kind: 'success' | 'error' | 'info';
  /** Names the object: "import-job deleted". */
  title: string;
  text?: string | undefined;
  actions?: readonly ToastAction[];
  /** Called once, when the time is over or the toast was dismissed, but not after `undo`. */
  onEnd?: () => void;
  /** Shows "Undo" with the seconds that are left. */
  undo?: () => void;
  /** A toast with the same key replaces the older one. */
  key?: string;
}

export interface Toast extends ToastInput {
  id: number;
  /** Milliseconds left; null for toasts that stay. */
  left: number | null;
}

export const TOAST_MS = 8000;
export const TOASTS_SHOWN = 3;
const TICK_MS = 250;

interface ToastState {
  toasts: readonly Toast[];
  /** Pointer or focus is on the toasts: their clocks stand still. */
  held: boolean;
}

export const useToasts = create<ToastState>(() => ({ toasts: [], held: false }));

let lastId = 0;
let clock: ReturnType<typeof setInterval> | undefined;

/** Shows a toast and returns its id. */
export function showToast(input: ToastInput): number {
  const id = ++lastId;
  const { toasts } = useToasts.getState();
  const replaced = input.key === undefined ? undefined : toasts.find((toast) => toast.key === input.key);
  const toast: Toast = { ...input, id, left: input.kind === 'error' ? null : TOAST_MS };
  useToasts.setState({ toasts: [...toasts.filter((other) => other !== replaced), toast] });
  replaced?.onEnd?.();
  runClock();
  return id;
}

/** Takes a toast away. What it announced stands, so `onEnd` runs. */
export function dismissToast(id: number): void {
  remove(id)?.onEnd?.();
}

/** Takes a toast away and its announcement back. */
export function undoToast(id: number): void {
  remove(id)?.undo?.();
}

/** Takes a toast away without running anything, after one of its actions was chosen. */
export function settleToast(id: number): void {
  remove(id);
}

/** Stops or goes on with the clocks. */
export function holdToasts(held: boolean): void {
  useToasts.setState({ held });
}

/** Ends all toasts at once, so that delayed work runs: before the window closes. */
export function flushToasts(): void {
  for (const toast of useToasts.getState().toasts) dismissToast(toast.id);
}

function remove(id: number): Toast | undefined {
  const { toasts } = useToasts.getState();
  const toast = toasts.find((other) => other.id === id);
  if (!toast) return undefined;
  const rest = toasts.filter((other) => other !== toast);
  useToasts.setState(rest.length === 0 ? { toasts: rest, held: false } : { toasts: rest });
  return toast;
}

/** The clock runs only while a toast has time left: nothing ticks in an idle window. */
function runClock(): void {
  clock ??= setInterval(tick, TICK_MS);
}

function tick(): void {
  const { toasts, held } = useToasts.getState();
  if (!toasts.some((toast) => toast.left !== null)) {
    clearInterval(clock);
    clock = undefined;
    return;
  }
  if (held) return;
  const next = toasts.map((toast) =>
    toast.left === null ? toast : { ...toast, left: toast.left - TICK_MS },
  );
  useToasts.setState({ toasts: next });
  for (const toast of next) if (toast.left !== null && toast.left <= 0) dismissToast(toast.id);
}
