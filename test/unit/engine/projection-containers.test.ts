import { describe, expect, it } from 'vitest';
import { fromInspect, fromList, inspectedContainer, listedContainer } from '#engine/projection-containers';
import { listedImage, saidNetwork, saidVolume } from '#engine/projection-objects';

const listed = {
  Id: 'abc',
  Names: ['/other/alias', '/web'],
  Image: 'nginx:1.29',
  ImageID: 'sha256:1',
  Command: "nginx -g 'daemon off;'",
  Created: 1700000000,
  State: 'running',
  Status: 'Up 2 hours (healthy)',
  Ports: [
    { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
    { PrivatePort: 443, Type: 'tcp' },
  ],
  Labels: {
    'com.docker.compose.project': 'shop',
    'com.docker.compose.service': 'web',
    'com.docker.compose.project.config_files': '/srv/compose.yaml,/srv/more.yaml',
  },
  Mounts: [{ Type: 'volume', Name: 'data', Source: '', Destination: '/data', RW: false }],
  NetworkSettings: { Networks: { front: { NetworkID: 'n1', IPAddress: '172.18.0.2' } } },
};

const inspected = {
  Id: 'abc',
  Name: '/web',
  Created: '2023-11-14T22:13:20.123456789Z',
  Path: 'nginx',
  Args: ['-g', 'daemon off;'],
  Image: 'sha256:1',
  RestartCount: 0,
  State: {
    Status: 'running',
    OOMKilled: false,
    ExitCode: 0,
    Error: '',
    StartedAt: '2023-11-14T22:13:21Z',
    FinishedAt: '0001-01-01T00:00:00Z',
    Health: { Status: 'healthy', FailingStreak: 0 },
  },
  Config: { Image: 'nginx:1.29', Labels: listed.Labels },
  Mounts: [{ Type: 'volume', Name: 'data', Source: '', Destination: '/data', RW: false }],
  NetworkSettings: {
    Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }], '443/tcp': null },
    Networks: { front: { NetworkID: 'n1', IPAddress: '172.18.0.2' } },
  },
};

const list = (change: object) => fromList(listedContainer.parse({ ...listed, ...change }));
const inspect = (change: object) => fromInspect(inspectedContainer.parse({ ...inspected, ...change }));

describe('a container from the list and from its inspect', () => {
  it('is the same in all that both tell, so that its row does not seem to change', () => {
    const { health, startedAt, ...told } = inspect({});
    expect({ ...told, health: 'none', startedAt: null }).toEqual(list({}));
    expect(health).toBe('healthy');
    expect(startedAt).toBe(Date.parse('2023-11-14T22:13:21Z'));
  });

  it('has its own name, not that of a link', () => {
    expect(list({}).name).toBe('web');
  });

  it('knows its compose project, service and first file', () => {
    expect(list({})).toMatchObject({ project: 'shop', service: 'web', projectFile: '/srv/compose.yaml' });
    expect(list({ Labels: null })).toMatchObject({ project: null, service: null, projectFile: null });
  });

  it('has ports that are exposed, but not published', () => {
    expect(list({}).ports).toEqual([
      { containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 8080 },
      { containerPort: 443, protocol: 'tcp' },
    ]);
  });

  it('has an exit code only when it ended', () => {
    const state = (Status: string) =>
      inspect({ State: { ...inspected.State, Status, ExitCode: 3 } }).exitCode;
    expect(state('exited')).toBe(3);
    expect(state('restarting')).toBe(3);
    expect(state('running')).toBeNull();
    expect(state('created')).toBeNull();
  });

  it('has no time for what never happened', () => {
    expect(inspect({}).finishedAt).toBeNull();
  });

  it('understands Podman’s own states', () => {
    expect(list({ State: 'configured' }).state).toBe('created');
    expect(list({ State: 'stopped' }).state).toBe('exited');
  });

  it('cuts a command that is a whole program', () => {
    expect(list({ Command: 'x'.repeat(100_000) }).command).toHaveLength(200);
  });

  it('survives an engine that leaves fields out', () => {
    const bare = { Id: 'abc', State: 'exited' };
    expect(fromList(listedContainer.parse(bare))).toMatchObject({
      id: 'abc',
      name: '',
      ports: [],
      mounts: [],
    });
    expect(() => listedContainer.parse({ State: 'exited' })).toThrow();
  });
});

describe('images, volumes and networks', () => {
  it('a dangling image has no tags in either notation', () => {
    const said = { Id: 'sha256:1', Created: 1, Size: 5 };
    for (const names of [
      { RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'] },
      { RepoTags: null },
    ]) {
      expect(listedImage.parse({ ...said, ...names })).toMatchObject({
        tags: [],
        digests: [],
        createdAt: 1000,
      });
    }
  });

  it('a volume without a name of its own is anonymous', () => {
    expect(saidVolume.parse({ Name: 'f'.repeat(64) }).anonymous).toBe(true);
    expect(saidVolume.parse({ Name: 'a', Labels: { 'com.docker.volume.anonymous': '' } }).anonymous).toBe(
      true,
    );
    expect(saidVolume.parse({ Name: 'data', CreatedAt: 'never' })).toMatchObject({
      anonymous: false,
      createdAt: null,
    });
  });

  it('the engine’s own networks are known', () => {
    expect(saidNetwork.parse({ Id: 'n', Name: 'bridge' }).predefined).toBe(true);
    expect(
      saidNetwork.parse({ Id: 'n', Name: 'front', IPAM: { Config: [{ Subnet: '10.0.0.0/24' }, {}] } }),
    ).toMatchObject({ predefined: false, subnets: [{ subnet: '10.0.0.0/24', gateway: '' }] });
  });
});
