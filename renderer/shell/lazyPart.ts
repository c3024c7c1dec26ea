import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** Pauses before another try, in milliseconds. */
const pauses = [100, 400, 1500];

/**
 * Loads again what could not be loaded. A browser breaks off requests, even to this computer, when its networks
 * change (ERR_NETWORK_CHANGED), and that happens whenever a container starts.
 */
export async function loadAgain<T>(load: () => Promise<T>, waits: readonly number[] = pauses): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const [wait, ...others] = waits;
    if (wait === undefined) throw error;
    await new Promise((resolve) => setTimeout(resolve, wait));
    return loadAgain(load, others);
  }
}

/** A part of the page that is loaded when it is shown for the first time. */
export const lazyPart = <Props>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> => lazy(() => loadAgain(load));
