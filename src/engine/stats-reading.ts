import { z } from 'zod';
import type { StatsSample } from '#contract';

const cpu = z.object({
  cpu_usage: z.object({ total_usage: z.number(), percpu_usage: z.array(z.number()).nullish() }),
  /** Time of all cores together; absent where the engine could not read it, as in a first reading. */
  system_cpu_usage: z.number().nullish(),
  online_cpus: z.number().nullish(),
});

const operations = z.array(z.object({ op: z.string(), value: z.number() })).nullish();

/** The parts of the engine's reading that become a sample; a container that does not run has no memory usage. */
const reading = z.object({
  read: z.string(),
  cpu_stats: cpu,
  precpu_stats: cpu,
  memory_stats: z.object({
    usage: z.number(),
    limit: z.number().optional(),
    stats: z
      .object({ total_inactive_file: z.number().optional(), inactive_file: z.number().optional() })
      .nullish(),
  }),
  networks: z.record(z.string(), z.object({ rx_bytes: z.number(), tx_bytes: z.number() })).nullish(),
  blkio_stats: z.object({ io_service_bytes_recursive: operations }).nullish(),
  pids_stats: z.object({ current: z.number().optional() }).nullish(),
});
export type StatsReading = z.infer<typeof reading>;

/** Processor time in nanoseconds: of the container, and of all cores. */
export interface CpuReading {
  container: number;
  system: number;
}

/** One line of the engine's stats stream; null for a container that does not run. */
export function readStats(line: string): StatsReading | null {
  const parsed = reading.safeParse(JSON.parse(line));
  return parsed.success ? parsed.data : null;
}

export function cpuOf(stats: StatsReading['cpu_stats']): CpuReading | null {
  return stats.system_cpu_usage
    ? { container: stats.cpu_usage.total_usage, system: stats.system_cpu_usage }
    : null;
}

/** Percent of one core between two readings, as the docker CLI computes it (cli, command/container/stats_helpers.go). */
function cpuPercent(now: CpuReading, before: CpuReading, cores: number): number {
  const container = now.container - before.container;
  const system = now.system - before.system;
  return container > 0 && system > 0 ? (container / system) * cores * 100 : 0;
}

/** Usage without the file cache that the kernel gives up at once: cgroup v1 calls it differently than v2. */
function memoryOf({ usage, stats }: StatsReading['memory_stats']): number {
  const cache = stats?.total_inactive_file ?? stats?.inactive_file ?? 0;
  return cache < usage ? usage - cache : usage;
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** @param before the processor times since which the CPU percent counts */
export function sampleOf(id: string, stats: StatsReading, now: CpuReading, before: CpuReading): StatsSample {
  const cores = stats.cpu_stats.online_cpus || stats.cpu_stats.cpu_usage.percpu_usage?.length || 1;
  const networks = Object.values(stats.networks ?? {});
  const blocks = stats.blkio_stats?.io_service_bytes_recursive ?? [];
  const blockBytes = (op: string) =>
    sum(blocks.filter((each) => each.op.toLowerCase() === op).map((each) => each.value));
  return {
    id,
    at: Date.parse(stats.read),
    cpuPercent: cpuPercent(now, before, cores),
    memoryBytes: memoryOf(stats.memory_stats),
    memoryLimitBytes: stats.memory_stats.limit ?? 0,
    networkReceivedBytes: sum(networks.map((network) => network.rx_bytes)),
    networkSentBytes: sum(networks.map((network) => network.tx_bytes)),
    blockReadBytes: blockBytes('read'),
    blockWrittenBytes: blockBytes('write'),
    processes: stats.pids_stats?.current ?? 0,
  };
}
