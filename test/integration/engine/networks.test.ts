import Dockerode from 'dockerode';
import { expect, it } from 'vitest';
import {
  connectContainer,
  createNetwork,
  disconnectContainers,
  inspectNetwork,
  removeNetworks,
} from '#engine/networks';
import { describeWithEngine, sharedEngine } from '../../harness/shared';

/** Ranges of the documentation block 198.18.0.0/15, which no engine hands out by itself. */
const range = (index: number) => ({ subnet: `198.18.${index}.0/24`, gateway: `198.18.${index}.1` });

describeWithEngine('networks', () => {
  it('are created with their range, internal or not', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const { id } = await createNetwork(docker, { name: 'networks-made', internal: true, ...range(1) });
    try {
      expect(await inspectNetwork(docker, id)).toMatchObject({
        Name: 'networks-made',
        Driver: 'bridge',
        Internal: true,
        IPAM: { Config: [{ Subnet: '198.18.1.0/24', Gateway: '198.18.1.1' }] },
      });
    } finally {
      await cli(['network', 'rm', 'networks-made']);
    }
  });

  it('refuse a name or a range that is taken, and what is no range', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    await cli(['network', 'create', '--subnet', range(2).subnet, 'networks-first']);
    try {
      await expect(createNetwork(docker, { name: 'networks-first', ...range(3) })).rejects.toHaveProperty(
        'problem.code',
        'network-name-taken',
      );
      await expect(createNetwork(docker, { name: 'networks-clash', ...range(2) })).rejects.toMatchObject({
        problem: {
          code: 'address-range-taken',
          actions: [{ kind: 'change', field: 'subnet' }],
        },
      });
      for (const subnet of ['198.18.4.0', 'nonsense', '198.18.4.0/99']) {
        await expect(createNetwork(docker, { name: 'networks-range', subnet })).rejects.toHaveProperty(
          'problem.code',
          'address-range-invalid',
        );
      }
      for (const gateway of ['10.9.8.7', 'nonsense']) {
        const outside = { name: 'networks-gateway', subnet: range(5).subnet, gateway };
        await expect(createNetwork(docker, outside)).rejects.toHaveProperty(
          'problem.code',
          'address-range-invalid',
        );
      }
      expect(await cli(['network', 'ls', '--quiet', '--filter', 'name=networks-'])).not.toContain('\n');
    } finally {
      await cli(['network', 'rm', 'networks-first']);
    }
  });

  it('connect containers and let them go; they stay while one is connected', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const { id } = await createNetwork(docker, { name: 'networks-joined', ...range(6) });
    const running = await cli(['run', '--detach', '--name', 'networks-guest', 'gantry-test/hello']);
    const created = await cli(['create', '--name', 'networks-idle', 'gantry-test/hello']);
    const networksOf = async (name: string) =>
      Object.keys(JSON.parse(await cli(['inspect', '--format', '{{json .NetworkSettings.Networks}}', name])));
    try {
      await connectContainer(docker, id, running);
      await connectContainer(docker, id, created);
      expect(await networksOf('networks-guest')).toContain('networks-joined');
      await expect(connectContainer(docker, id, running)).rejects.toHaveProperty(
        'problem.code',
        'network-already-connected',
      );
      expect(await removeNetworks(docker, [id])).toMatchObject({
        done: [],
        failed: [{ id, problem: { code: 'network-in-use' } }],
      });
      const outcome = await disconnectContainers(docker, id, [running, 'networks-nobody', created]);
      expect(outcome.done).toEqual([running, created]);
      expect(outcome.failed).toMatchObject([{ id: 'networks-nobody' }]);
      expect(await networksOf('networks-idle')).not.toContain('networks-joined');
      expect(await removeNetworks(docker, [id])).toEqual({ done: [id], failed: [] });
      expect(await removeNetworks(docker, [id])).toEqual({ done: [id], failed: [] });
    } finally {
      await cli(['rm', '--force', 'networks-guest', 'networks-idle']);
      await cli(['network', 'rm', 'networks-joined']).catch(() => undefined);
    }
  });

  it('of the engine stay', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const id = await cli(['network', 'inspect', '--format', '{{.Id}}', 'host']);
    expect(await removeNetworks(docker, [id])).toMatchObject({
      done: [],
      failed: [{ id, problem: { code: 'network-predefined' } }],
    });
  });
});
