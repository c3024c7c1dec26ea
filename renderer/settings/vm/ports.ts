import type { Container, OpenPort } from '#contract';

const loopback = /^(?:127\.|::1$|localhost$)/;

/** Whether others than this computer can connect. */
export const listensWidely = ({ addresses }: OpenPort): boolean =>
  addresses.some((address) => !loopback.test(address));

/** The container that a port leads to. */
export function ownerOf(
  { protocol, port }: OpenPort,
  containers: readonly Container[],
): Container | undefined {
  return containers.find(
    ({ state, ports }) =>
      (state === 'running' || state === 'paused') &&
      ports.some((mapping) => mapping.hostPort === port && mapping.protocol === protocol),
  );
}
