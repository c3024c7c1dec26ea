import Dockerode from 'dockerode';
import { expect, it } from 'vitest';
import { imageDetails as imageDetailsSchema } from '#contract/images';
import { imageDetails, inspectImage, removeImages, tagImage, untagImage } from '#engine/images';
import { buildImage, busyboxLayer, fixtureImage, loadImage } from '../../harness/images';
import { describeWithEngine, sharedEngine } from '../../harness/shared';

/** An image that no other test has, with the given names. */
async function ownImage(engine: Parameters<typeof loadImage>[0], text: string, ...names: string[]) {
  const layers = [
    await busyboxLayer(),
    { instruction: `COPY ${text} /`, files: [{ path: text, content: text }] },
  ];
  const image = await buildImage({ layers, run: { Cmd: ['/bin/true'] } });
  await loadImage(engine, image, ...names);
  return image.config.digest;
}

describeWithEngine('images', () => {
  it('show their layers oldest first, each with its digest and instruction', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const fixture = await fixtureImage('layers');
    const details = imageDetailsSchema.parse(await imageDetails(docker, 'gantry-test/layers'));
    expect(details).toMatchObject({
      id: fixture.config.digest,
      os: 'linux',
      workdir: '/data',
      user: 'web',
      volumes: ['/data'],
      env: [{ name: 'PATH', value: '/bin' }],
    });
    expect(details.layers.map(({ instruction }) => instruction)).toEqual([
      'ADD busybox.tar /',
      'RUN echo layer 1 > /layer-1',
      'RUN echo layer 2 > /layer-2',
      'RUN echo layer 3 > /layer-3',
      'RUN echo layer 4 > /layer-4',
      expect.stringMatching(/^CMD /),
    ]);
    const digests: unknown = JSON.parse(
      await cli(['image', 'inspect', '--format', '{{json .RootFS.Layers}}', 'gantry-test/layers']),
    );
    expect(details.layers.map(({ digest }) => digest)).toEqual([...(digests as string[]), '']);
    expect(details.layers.at(-1)?.sizeBytes).toBe(0);
    expect(await inspectImage(docker, 'gantry-test/layers')).toMatchObject({ Id: fixture.config.digest });
  });

  it('show what the classic builder noted as it stood in the Dockerfile', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const dockerfile = [
      'FROM gantry-test/hello',
      'ARG VERSION=3',
      'ENV COLOUR=blue',
      'RUN echo $VERSION > /version',
      'RUN true',
      'WORKDIR /srv/new',
      'USER web',
      'EXPOSE 8080/udp',
      'LABEL team=shop',
      'CMD ["httpd", "-f"]',
    ].join('\n');
    await cli(['build', '--tag', 'images-built', '-'], { input: dockerfile });
    try {
      const details = await imageDetails(docker, 'images-built');
      const own = details.layers.slice(-9);
      expect(own.map(({ instruction }) => instruction)).toEqual([
        'ARG VERSION=3',
        'ENV COLOUR=blue',
        'RUN echo $VERSION > /version',
        'RUN true',
        'WORKDIR /srv/new',
        'USER web',
        'EXPOSE 8080/udp',
        'LABEL team=shop',
        'CMD ["httpd" "-f"]',
      ]);
      const digests: unknown = JSON.parse(
        await cli(['image', 'inspect', '--format', '{{json .RootFS.Layers}}', 'images-built']),
      );
      // Every layer of the engine has its line, in order, and no line has a layer that is not its own.
      expect(details.layers.map(({ digest }) => digest).filter(Boolean)).toEqual(digests);
      for (const { instruction, digest } of own)
        if (/^(?:ARG|ENV|USER|EXPOSE|LABEL|CMD)/.test(instruction)) expect(digest).toBe('');
      expect(own.find(({ instruction }) => instruction.startsWith('RUN echo'))?.digest).not.toBe('');
      expect(details).toMatchObject({ user: 'web', labels: { team: 'shop' } });
      expect(details.exposedPorts).toContainEqual({ port: 8080, protocol: 'udp' });
    } finally {
      await cli(['rmi', '--force', 'images-built']);
    }
  });

  it('take names and lose them', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const id = await ownImage({ cli }, 'names', 'images-names:1');
    const names = async () =>
      JSON.parse(await cli(['image', 'inspect', '--format', '{{json .RepoTags}}', id]));
    try {
      await tagImage(docker, id, 'localhost:5000/team/names:2');
      await tagImage(docker, id, 'images-names');
      expect(await names()).toEqual(
        expect.arrayContaining(['images-names:1', 'localhost:5000/team/names:2', 'images-names:latest']),
      );
      await untagImage(docker, 'localhost:5000/team/names:2');
      expect(await names()).not.toContain('localhost:5000/team/names:2');
      for (const wrong of ['Upper', 'a b', 'x@sha256:'.padEnd(73, 'a'), '']) {
        await expect(tagImage(docker, id, wrong)).rejects.toHaveProperty('problem.code', 'reference-invalid');
      }
      await expect(untagImage(docker, 'images-gone:1')).rejects.toHaveProperty(
        'problem.code',
        'image-missing',
      );
    } finally {
      await cli(['rmi', '--force', id]);
    }
  });

  it('go with all their names; one that is gone already counts as deleted', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const id = await ownImage({ cli }, 'all', 'images-all:1', 'images-other:1', 'images-all:2');
    expect(await removeImages(docker, [id])).toEqual({ done: [id], failed: [] });
    await expect(cli(['image', 'inspect', id])).rejects.toThrow(/No such image/);
    expect(await removeImages(docker, [id])).toEqual({ done: [id], failed: [] });
  });

  it('stay while a container needs them, even one that is stopped, and others still go', async (test) => {
    const { cli, socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const used = await ownImage({ cli }, 'used', 'images-used:1', 'images-used:2');
    const free = await ownImage({ cli }, 'free', 'images-free:1');
    const container = await cli(['create', '--name', 'images-holder', 'images-used:1']);
    try {
      const outcome = await removeImages(docker, [used, free]);
      expect(outcome.done).toEqual([free]);
      expect(outcome.failed).toMatchObject([
        {
          id: used,
          problem: {
            code: 'image-in-use',
            title: 'images-holder needs images-used:1',
            actions: [
              { kind: 'open', page: 'containers', target: container },
              { kind: 'call', procedure: 'containers.remove', input: { ids: [container] } },
            ],
          },
        },
      ]);
      expect(await cli(['image', 'inspect', '--format', '{{len .RepoTags}}', used])).toBe('2');
      await expect(untagImage(docker, 'images-gone-too')).rejects.toHaveProperty('problem.code');
    } finally {
      await cli(['rm', '--force', 'images-holder']);
      await cli(['rmi', '--force', used]);
    }
  });

  it('say when they are gone', async (test) => {
    const { socket } = sharedEngine(test);
    const docker = new Dockerode({ socketPath: socket });
    const gone = `sha256:${'0'.repeat(64)}`;
    for (const ask of [imageDetails, inspectImage]) {
      await expect(ask(docker, gone)).rejects.toHaveProperty('problem.code', 'image-missing');
    }
  });
});
