import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { instant, outcome, procedure, taskHandle } from './base';
import { problem } from './problem';

export const portMapping = z.object({
  containerPort: z.number(),
  protocol: z.enum(['tcp', 'udp', 'sctp']),
  /** Absent when the port is exposed, but not published. */
  hostIp: z.string().optional(),
  hostPort: z.number().optional(),
});
export type PortMapping = z.infer<typeof portMapping>;

export const mount = z.object({
  type: z.string(),
  /** Name of the volume; absent for folders. */
  name: z.string().optional(),
  source: z.string(),
  destination: z.string(),
  readOnly: z.boolean(),
});
export type Mount = z.infer<typeof mount>;

export const containerState = z.enum([
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
]);
export const busyVerb = z.enum([
  'starting',
  'stopping',
  'restarting',
  'pausing',
  'unpausing',
  'killing',
  'renaming',
  'deleting',
]);

/** A container as the lists show it. Fields that only an inspect tells are null until it was made. */
export const container = z.object({
  id: z.string(),
  /** Without the slash that the engine puts before it. */
  name: z.string(),
  /** As it was asked for: `nginx:1.29`. */
  image: z.string(),
  imageId: z.string(),
  /** The whole start command in one line, at most 200 characters. */
  command: z.string(),
  createdAt: instant,
  state: containerState,
  health: z.enum(['none', 'starting', 'healthy', 'unhealthy']),
  /** Failed health checks in a row. */
  failingStreak: z.number(),
  exitCode: z.number().nullable(),
  oomKilled: z.boolean(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** How often the restart policy started it again. */
  restartCount: z.number(),
  /** Why the engine could not start it, in its words; empty when it could. */
  startError: z.string(),
  ports: z.array(portMapping),
  mounts: z.array(mount),
  networks: z.array(z.object({ id: z.string(), name: z.string(), ip: z.string() })),
  /** Compose project and service, from the labels that compose sets. */
  project: z.string().nullable(),
  service: z.string().nullable(),
  /** Path of the compose file, when the label tells it. */
  projectFile: z.string().nullable(),
  /** What Gantry is doing with it now; one row can be busy while all others answer. */
  busy: busyVerb.nullable(),
});
export type Container = z.infer<typeof container>;

/** What only the details page needs. */
export const containerDetails = z.object({
  id: z.string(),
  /** `fromImage`: the image sets the same value. */
  env: z.array(z.object({ name: z.string(), value: z.string(), fromImage: z.boolean() })),
  labels: z.record(z.string(), z.string()),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  workdir: z.string(),
  user: z.string(),
  hostname: z.string(),
  tty: z.boolean(),
  restartPolicy: z.string(),
  /** Zero means no limit. */
  memoryLimitBytes: z.number(),
  cpuLimit: z.number(),
  privileged: z.boolean(),
  capAdd: z.array(z.string()),
  platform: z.string(),
  logDriver: z.string(),
  health: z
    .object({
      test: z.array(z.string()),
      log: z.array(z.object({ at: instant, exitCode: z.number(), output: z.string() })),
    })
    .nullable(),
  /** Ports that the image exposes, published or not. */
  exposedPorts: z.array(z.object({ port: z.number(), protocol: z.string() })),
  /** Why it failed, restarts or stopped, in words, with what to do; null when there is nothing to say. */
  why: problem.nullable(),
  /** What it printed last, at most 20 lines, oldest first; only when it failed or does not run. */
  lastLines: z.array(z.string()),
});
export type ContainerDetails = z.infer<typeof containerDetails>;

export const statsSample = z.object({
  id: z.string(),
  at: instant,
  /** 100 is one core. */
  cpuPercent: z.number(),
  memoryBytes: z.number(),
  memoryLimitBytes: z.number(),
  /** Sums since the container started. */
  networkReceivedBytes: z.number(),
  networkSentBytes: z.number(),
  blockReadBytes: z.number(),
  blockWrittenBytes: z.number(),
  processes: z.number(),
});
export type StatsSample = z.infer<typeof statsSample>;

export const logLine = z.object({
  stream: z.enum(['stdout', 'stderr']),
  /** When the engine received it: RFC 3339 with nanoseconds, as the engine prints it. */
  time: z.string(),
  /** Without the line end; escapes kept. Bytes that are not UTF-8 became U+FFFD. */
  text: z.string(),
  /** Characters left out at the end because the line is longer than 16,384 characters. */
  cut: z.number().optional(),
});
export type LogLine = z.infer<typeof logLine>;

export const logBatch = z.object({
  lines: z.array(logLine),
  /** Lines lost because the reader was slower than the container for long. */
  skipped: z.number().optional(),
  /** The history is through: what follows is live. */
  live: z.boolean().optional(),
  /** The container ended and will send no more. */
  ended: z.boolean().optional(),
});
export type LogBatch = z.infer<typeof logBatch>;

const byId = z.object({ id: z.string() });
const byIds = z.object({ ids: z.array(z.string()).min(1) });

/** The one thing that is different in a container that takes the place of another. */
export const replacement = z.discriminatedUnion('kind', [
  /** What was published at the port `from` of this computer is published at `to`. */
  z.object({ kind: z.literal('port'), from: z.number().int(), to: z.number().int().min(1).max(65535) }),
  /** Starts what the image says. */
  z.object({ kind: z.literal('own-command') }),
  /** Runs as the user that the image says. */
  z.object({ kind: z.literal('own-user') }),
  /** Asks for no GPU. */
  z.object({ kind: z.literal('no-gpu') }),
  /** Sets this variable to a new password. The answer has it, and nothing else keeps it but the container. */
  z.object({ kind: z.literal('password'), variable: z.string().regex(/^[A-Za-z_]\w*$/) }),
  /** Keeps a terminal open for it, so that a shell waits for input instead of ending. */
  z.object({ kind: z.literal('terminal') }),
  /** Leads the port `to` of this computer, and of nobody else, to its TCP port `port`. One that runs is stopped first. */
  z.object({
    kind: z.literal('publish'),
    port: z.number().int().min(1).max(65535),
    to: z.number().int().min(1).max(65535),
  }),
]);
export type Replacement = z.infer<typeof replacement>;

export const replaced = z.object({
  replacedBy: z.string(),
  name: z.string(),
  /** The task that deletes the old one, whose cancelling brings it back; null when it is kept. */
  undo: z.string().nullable(),
  /** What the old one is called now. */
  oldName: z.string(),
  /** What Gantry made up for it; null for every other change. */
  password: z.object({ variable: z.string(), value: z.string() }).nullable(),
});
export type Replaced = z.infer<typeof replaced>;

export const containersContract = {
  start: procedure.input(byIds).output(outcome),
  /** `timeout`: seconds until the engine kills it; the engine's own default is 10. */
  stop: procedure
    .input(byIds.extend({ timeout: z.number().int().min(0).max(600).optional() }))
    .output(outcome),
  restart: procedure.input(byIds).output(outcome),
  pause: procedure.input(byIds).output(outcome),
  unpause: procedure.input(byIds).output(outcome),
  kill: procedure
    .input(
      byIds.extend({
        signal: z
          .string()
          .regex(/^SIG[A-Z0-9+-]+$/)
          .optional(),
      }),
    )
    .output(outcome),
  rename: procedure.input(byId.extend({ name: z.string() })).output(z.void()),
  /**
   * Hides and stops them at once, deletes them after 8 seconds or on quit. The task can be undone until then
   * (tasks.cancel); undoing starts again what was running. `volumes` deletes their anonymous volumes too.
   */
  remove: procedure.input(byIds.extend({ volumes: z.boolean().optional() })).output(taskHandle),
  /**
   * Makes a container that does not run, or starts and ends again and again, anew, under its name and with all that it
   * has but one thing, and starts it. If that fails, all is as before. An old one that never ran is deleted then, with
   * 8 seconds to undo; one that ran may hold files of its own, and is kept under another name.
   */
  replace: procedure.input(byId.extend({ change: replacement })).output(replaced),
  details: procedure.input(byId).output(containerDetails),
  /** Changes the limit of a container that is there, running or not; `start` starts it afterwards. */
  setMemoryLimit: procedure
    .input(byId.extend({ memoryBytes: z.number().int().positive(), start: z.boolean() }))
    .output(z.void()),
  /** The engine's own answer, for the Inspect tab. */
  inspect: procedure.input(byId).output(z.unknown()),
  processes: procedure
    .input(byId)
    .output(z.object({ titles: z.array(z.string()), rows: z.array(z.array(z.string())) })),
  /** One batch every 2 seconds, for containers that run; the others are silent. */
  stats: procedure.input(byIds).output(eventIterator(z.array(statsSample))),
  /** The newest `tail` lines, oldest first, then live ones. Ends when the container does. */
  logs: procedure
    .input(
      byId.extend({
        tail: z.number().int().min(0).max(100_000),
        since: instant.optional(),
        follow: z.boolean(),
      }),
    )
    .output(eventIterator(logBatch)),
  /** Lines before the newest `have`, oldest first; fewer than `count` means the beginning was reached. */
  olderLogs: procedure
    .input(
      byId.extend({
        have: z.number().int().min(0),
        count: z.number().int().min(1).max(20_000),
        since: instant.optional(),
      }),
    )
    .output(z.array(logLine)),
  /** The whole log as text, in pieces, for saving to a file. */
  exportLogs: procedure.input(byId.extend({ timestamps: z.boolean() })).output(eventIterator(z.string())),
};
