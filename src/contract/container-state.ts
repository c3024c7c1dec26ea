import type { Container } from './containers';

export const isRunning = ({ state }: Pick<Container, 'state'>): boolean => state === 'running';

/** Running, paused or between two tries: something of it is in the engine's memory. */
export const isUp = ({ state }: Pick<Container, 'state'>): boolean =>
  state === 'running' || state === 'paused' || state === 'restarting';
