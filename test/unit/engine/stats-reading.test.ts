import { describe, expect, it } from 'vitest';
import { cpuOf, readStats, sampleOf } from '#engine/stats-reading';

/** A reading as an engine on cgroup v1 sends it, shortened to the fields that exist in both versions. */
const v1 = {
  read: '2026-03-01T10:00:02.000000000Z',
  cpu_stats: {
    cpu_usage: { total_usage: 700, percpu_usage: [400, 300] },
    system_cpu_usage: 12_000,
    online_cpus: 2,
  },
  precpu_stats: { cpu_usage: { total_usage: 200 }, system_cpu_usage: 10_000 },
  memory_stats: { usage: 1000, limit: 4000, stats: { total_inactive_file: 400, inactive_file: 100 } },
  networks: { eth0: { rx_bytes: 5, tx_bytes: 7 }, eth1: { rx_bytes: 10, tx_bytes: 20 } },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'Read', value: 100 },
      { op: 'Write', value: 30 },
      { op: 'Read', value: 1 },
      { op: 'Total', value: 131 },
    ],
  },
  pids_stats: { current: 3 },
};

function sample(of: object) {
  const reading = readStats(JSON.stringify(of));
  const now = reading && cpuOf(reading.cpu_stats);
  const before = reading && cpuOf(reading.precpu_stats);
  return reading && now && before ? sampleOf('a', reading, now, before) : null;
}

describe('a reading', () => {
  it('of cgroup v1 becomes a sample', () => {
    expect(sample(v1)).toEqual({
      id: 'a',
      at: Date.parse(v1.read),
      // 500 of 2000 on two cores.
      cpuPercent: 50,
      memoryBytes: 600,
      memoryLimitBytes: 4000,
      networkReceivedBytes: 15,
      networkSentBytes: 27,
      blockReadBytes: 101,
      blockWrittenBytes: 30,
      processes: 3,
    });
  });

  it('of cgroup v2 has other names for the same', () => {
    const v2 = {
      ...v1,
      cpu_stats: { cpu_usage: { total_usage: 700 }, system_cpu_usage: 12_000, online_cpus: 2 },
      memory_stats: { usage: 1000, limit: 4000, stats: { inactive_file: 250 } },
      blkio_stats: {
        io_service_bytes_recursive: [
          { op: 'read', value: 9 },
          { op: 'write', value: 8 },
        ],
      },
    };
    expect(sample(v2)).toMatchObject({
      cpuPercent: 50,
      memoryBytes: 750,
      blockReadBytes: 9,
      blockWrittenBytes: 8,
    });
  });

  it('without network, disk and page cache counts zero', () => {
    const bare = {
      ...v1,
      networks: undefined,
      blkio_stats: { io_service_bytes_recursive: null },
      pids_stats: {},
    };
    const memory = { usage: 1000, limit: 4000, stats: { total_inactive_file: 5000 } };
    expect(sample({ ...bare, memory_stats: memory })).toMatchObject({
      memoryBytes: 1000,
      networkSentBytes: 0,
      blockReadBytes: 0,
      processes: 0,
    });
  });

  it('after a restart, when the counters began anew, shows no CPU instead of nonsense', () => {
    expect(
      sample({ ...v1, precpu_stats: { cpu_usage: { total_usage: 9000 }, system_cpu_usage: 10_000 } }),
    ).toMatchObject({
      cpuPercent: 0,
    });
  });

  it('of a container that does not run is none, and a first one has nothing to compare with', () => {
    const off = {
      read: '0001-01-01T00:00:00Z',
      cpu_stats: { cpu_usage: { total_usage: 0 } },
      precpu_stats: { cpu_usage: { total_usage: 0 } },
      memory_stats: {},
    };
    expect(readStats(JSON.stringify(off))).toBeNull();
    expect(sample({ ...v1, precpu_stats: { cpu_usage: { total_usage: 0 } } })).toBeNull();
  });
});
