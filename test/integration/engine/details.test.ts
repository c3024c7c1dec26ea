import Dockerode from 'dockerode';
import { expect, it } from 'vitest';
import { containerDetails as containerDetailsSchema } from '#contract/containers';
import { containerDetails, inspectContainer, setMemoryLimit } from '#engine/details';
import { describeWithEngine, sharedEngine } from '../../harness/shared';

describeWithEngine('details', () => {
  it('tell how a container was made', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const id = await cli([
      ...['create', '--name', 'details-made', '-e', 'NOTE=a=b', '--label', 'team=shop', '--memory', '64m'],
      ...['--cpus', '0.5', '--restart', 'unless-stopped', '--cap-add', 'NET_ADMIN', '--health-cmd', 'true'],
      'gantry-test/layers',
    ]);
    try {
      const details = containerDetailsSchema.parse(await containerDetails(docker, { id }));
      expect(details).toMatchObject({
        id,
        workdir: '/data',
        user: 'web',
        restartPolicy: 'unless-stopped',
        memoryLimitBytes: 64 * 1024 * 1024,
        cpuLimit: 0.5,
        capAdd: [expect.stringMatching(/^(CAP_)?NET_ADMIN$/)],
        logDriver: 'json-file',
        platform: expect.stringMatching(/^linux\//),
        why: null,
      });
      expect(details.labels).toHaveProperty('team', 'shop');
      expect(details.env).toContainEqual({ name: 'NOTE', value: 'a=b', fromImage: false });
      expect(details.env).toContainEqual({ name: 'PATH', value: '/bin', fromImage: true });
      expect(await inspectContainer(docker, id)).toMatchObject({ Id: id });
      await setMemoryLimit(docker, { id, memoryBytes: 128 * 1024 * 1024, start: true });
      expect(await containerDetails(docker, { id })).toMatchObject({ memoryLimitBytes: 128 * 1024 * 1024 });
      expect(await cli(['ps', '--filter', 'name=details-made', '--format', '{{.Names}}'])).toBe(
        'details-made',
      );
    } finally {
      await cli(['rm', '-f', 'details-made']);
    }
  });

  it('say in words why a container failed', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    await cli(['run', '-d', '--name', 'details-failed', 'gantry-test/failing']);
    await cli(['wait', 'details-failed']);
    await expect(
      cli(['run', '-d', '--name', 'details-missing', 'gantry-test/hello', 'nothere']),
    ).rejects.toThrow();
    await cli(['run', '-d', '--name', 'details-door', 'gantry-test/hello']);
    try {
      const failed = await containerDetails(docker, { id: 'details-failed' });
      expect(failed.why).toMatchObject({
        code: 'app-error',
        detail: 'failing: cannot open /etc/failing.conf',
      });
      expect(failed.lastLines).toEqual(['failing: cannot open /etc/failing.conf']);
      const missing = await containerDetails(docker, { id: 'details-missing' });
      expect(missing.why).toMatchObject({ code: 'command-not-found' });
      expect((await containerDetails(docker, { id: 'details-door' })).why).toMatchObject({ code: 'no-door' });
      await expect(containerDetails(docker, { id: 'details-gone' })).rejects.toHaveProperty(
        'problem.detail',
        expect.stringContaining('No such container'),
      );
    } finally {
      await cli(['rm', '-f', 'details-failed', 'details-missing', 'details-door']);
    }
  });
});
