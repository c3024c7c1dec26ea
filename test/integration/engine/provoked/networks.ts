import type { Bench, Provoke } from './bench';

async function network({ docker, after }: Bench, body: { Name: string; IPAM?: object }) {
  const made = await docker.createNetwork({ CheckDuplicate: true, ...body });
  after(() => made.remove());
  return made;
}
const range = (Subnet: string) => ({ IPAM: { Config: [{ Subnet }] } });

async function connected(bench: Bench) {
  const front = await network(bench, { Name: 'provoked-front' });
  const container = await bench.create();
  await container.start();
  await front.connect({ Container: container.id });
  return { front, container };
}

/** Errors of networks and volumes. */
export const provokedByNetworks: Record<string, Provoke> = {
  'network-in-use': async (bench) => {
    const { front } = await connected(bench);
    return bench.refused(front.remove());
  },
  'network-predefined': ({ docker, refused }) => refused(docker.getNetwork('bridge').remove()),
  'network-gone': ({ docker, refused }) => refused(docker.getNetwork('provoked-nowhere').remove()),
  'network-name-taken': async (bench) => {
    await network(bench, { Name: 'provoked-twice' });
    return bench.refused(network(bench, { Name: 'provoked-twice' }));
  },
  'network-already-connected': async (bench) => {
    const { front, container } = await connected(bench);
    return bench.refused(front.connect({ Container: container.id }));
  },
  'address-pool-empty': async (bench) => {
    // The test engine has ranges for 16 networks, one of which is its own.
    for (let count = 0; count < 15; count += 1) await network(bench, { Name: `provoked-${count}` });
    return bench.refused(network(bench, { Name: 'provoked-last' }));
  },
  'address-range-taken': async (bench) => {
    await network(bench, { Name: 'provoked-range', ...range('172.29.96.0/24') });
    return bench.refused(network(bench, { Name: 'provoked-overlap', ...range('172.29.96.0/25') }));
  },
  'address-range-invalid': (bench) =>
    bench.refused(network(bench, { Name: 'provoked-wrong', ...range('172.29.97.0/99') })),
  'volume-in-use': async (bench) => {
    await bench.create({
      HostConfig: { Mounts: [{ Type: 'volume', Source: 'provoked-used', Target: '/data' }] },
    });
    bench.after(() => bench.docker.getVolume('provoked-used').remove());
    return bench.refused(bench.docker.getVolume('provoked-used').remove());
  },
  'volume-gone': ({ docker, refused }) => refused(docker.getVolume('provoked-nowhere').inspect()),
};
