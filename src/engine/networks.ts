import type Dockerode from 'dockerode';
import type { Outcome } from '#contract';
import { ProblemError } from '#contract/problem';
import { toProblem } from './problems';
import type { Snapshot } from './projection';

export interface NewNetwork {
  name: string;
  driver?: string;
  internal?: boolean;
  attachable?: boolean;
  /** CIDR; the engine chooses when it is absent. */
  subnet?: string;
  gateway?: string;
}

/** Networks of the user that no container is connected to, running or not. */
export function unusedNetworks({ containers, networks }: Snapshot): { id: string; name: string }[] {
  const used = new Set(
    [...containers.values()].flatMap((container) => container.networks.map(({ id }) => id)),
  );
  return [...networks.values()]
    .filter(({ id, predefined, scope }) => !predefined && scope === 'local' && !used.has(id))
    .map(({ id, name }) => ({ id, name }));
}

/**
 * @param unused networks that could go to make room for its range
 * @throws ProblemError
 */
export async function createNetwork(
  docker: Dockerode,
  wanted: NewNetwork,
  unused: { id: string; name: string }[] = [],
): Promise<{ id: string }> {
  const { name, driver, internal, attachable, subnet, gateway } = wanted;
  try {
    const { id } = await docker.createNetwork({
      Name: name,
      Driver: driver ?? 'bridge',
      Internal: internal ?? false,
      Attachable: attachable ?? false,
      // Without this the engine makes a second network of the same name.
      CheckDuplicate: true,
      ...(subnet ? { IPAM: { Config: [{ Subnet: subnet, ...(gateway ? { Gateway: gateway } : {}) }] } } : {}),
    });
    return { id };
  } catch (error) {
    const context = { doing: `create the network ${name}`, name, unusedNetworks: unused };
    throw new ProblemError(toProblem(error, context));
  }
}

/** @throws ProblemError `network-in-use` while containers are connected to one of them */
export function assertNetworksUnused(ids: string[], { containers, networks }: Snapshot): void {
  for (const id of ids) {
    const connected = [...containers.values()].filter(
      (container) => container.state === 'running' && container.networks.some((network) => network.id === id),
    );
    if (connected.length === 0) continue;
    const name = networks.get(id)?.name ?? id;
    const said = `error while removing network: network ${name} id ${id} has active endpoints`;
    throw new ProblemError(
      toProblem(Object.assign(new Error(said), { statusCode: 403 }), {
        name,
        id,
        connected: connected.map((container) => ({ id: container.id, name: container.name })),
      }),
    );
  }
}

/** Deletes networks. Each succeeds or fails on its own. */
export async function removeNetworks(docker: Dockerode, ids: string[]): Promise<Outcome> {
  const outcome: Outcome = { done: [], failed: [] };
  for (const id of ids) {
    try {
      await docker.getNetwork(id).remove();
      outcome.done.push(id);
    } catch (error) {
      const problem = toProblem(error, { doing: 'delete the network', id });
      if (problem.code === 'network-gone') outcome.done.push(id);
      else outcome.failed.push({ id, name: id, problem });
    }
  }
  return outcome;
}

/** @throws ProblemError */
export async function connectContainer(docker: Dockerode, id: string, containerId: string): Promise<void> {
  try {
    await docker.getNetwork(id).connect({ Container: containerId });
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: 'connect the container', id }));
  }
}

/** Disconnects containers, running or not. Each succeeds or fails on its own. */
export async function disconnectContainers(
  docker: Dockerode,
  id: string,
  containerIds: string[],
): Promise<Outcome> {
  const outcome: Outcome = { done: [], failed: [] };
  for (const containerId of containerIds) {
    try {
      await docker.getNetwork(id).disconnect({ Container: containerId, Force: true });
      outcome.done.push(containerId);
    } catch (error) {
      const problem = toProblem(error, { doing: 'disconnect the container', id });
      outcome.failed.push({ id: containerId, name: containerId, problem });
    }
  }
  return outcome;
}

export async function inspectNetwork(docker: Dockerode, id: string): Promise<unknown> {
  try {
    return await docker.getNetwork(id).inspect();
  } catch (error) {
    throw new ProblemError(toProblem(error, { doing: 'inspect the network', id }));
  }
}
