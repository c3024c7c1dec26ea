import Dockerode from 'dockerode';
import { expect, it } from 'vitest';
import { createVolume, inspectVolume, removeVolumes } from '#engine/volumes';
import { describeWithEngine, sharedEngine } from '../../harness/shared';

describeWithEngine('volumes', () => {
  it('are created with their labels, or with a name of the engine’s', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    expect(await createVolume(docker, { name: 'volumes-made', labels: { team: 'shop' } })).toEqual({
      name: 'volumes-made',
    });
    const anonymous = await createVolume(docker, { name: '' });
    try {
      expect(await inspectVolume(docker, 'volumes-made')).toMatchObject({
        Driver: 'local',
        Labels: { team: 'shop' },
      });
      expect(anonymous.name).toMatch(/^[0-9a-f]{64}$/);
    } finally {
      await cli(['volume', 'rm', 'volumes-made', anonymous.name]);
    }
  });

  it('refuse a name that is taken, and what is no name', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    await cli(['volume', 'create', 'volumes-taken']);
    try {
      await expect(createVolume(docker, { name: 'volumes-taken' })).rejects.toMatchObject({
        problem: {
          code: 'volume-name-taken',
          actions: [{ kind: 'open', page: 'volumes', target: 'volumes-taken' }],
        },
      });
      for (const name of ['/home/ada/data', 'C:\\data', 'with space', 'x', '-x']) {
        await expect(createVolume(docker, { name })).rejects.toHaveProperty(
          'problem.code',
          'volume-name-invalid',
        );
      }
    } finally {
      await cli(['volume', 'rm', 'volumes-taken']);
    }
  });

  it('stay while a container uses them, even one that is stopped, and others still go', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    await cli(['create', '--name', 'volumes-holder', '-v', 'volumes-used:/data', 'gantry-test/hello']);
    await cli(['volume', 'create', 'volumes-free']);
    try {
      const outcome = await removeVolumes(docker, ['volumes-used', 'volumes-free', 'volumes-never']);
      expect(outcome.done).toEqual(['volumes-free', 'volumes-never']);
      expect(outcome.failed).toMatchObject([{ id: 'volumes-used', problem: { code: 'volume-in-use' } }]);
      expect(await cli(['volume', 'ls', '--quiet', '--filter', 'name=volumes-'])).toBe('volumes-used');
    } finally {
      await cli(['rm', '--force', 'volumes-holder']);
      await cli(['volume', 'rm', 'volumes-used']);
    }
  });

  it('say when they are gone', async (test) => {
    const { socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    await expect(inspectVolume(docker, 'volumes-gone')).rejects.toMatchObject({
      problem: { code: 'volume-gone', title: expect.stringContaining('volumes-gone') },
    });
  });
});
