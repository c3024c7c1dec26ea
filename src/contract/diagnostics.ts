import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { instant, procedure } from './base';
import { problemAction } from './problem';

export const checkId = z.enum([
  'virtualisation',
  'qemu',
  'guest-image',
  'engine',
  'permission',
  'versions',
  'clock',
  'data-folder',
  'disk',
  'memory',
  'names',
  'proxy',
  'registry',
  'ports',
  'subnets',
  'docker-command',
  'leftovers',
]);
export type CheckId = z.infer<typeof checkId>;

/** What one check found. */
export const finding = z.object({
  id: checkId,
  /** What was looked at: "Disk space". */
  title: z.string(),
  /** `skipped` could not be looked at or does not matter here; `explanation` says why. */
  result: z.enum(['ok', 'warning', 'failed', 'skipped']),
  /** A few words while it is `ok` ("22.8 GB free"), else what is wrong as a title of its own. */
  fact: z.string(),
  /** Why, and what follows from it; empty where the fact says it all. */
  explanation: z.string(),
  /** What one click can do about it: there is one for all that is a warning or failed. `retry` runs the checks again. */
  fix: problemAction.nullable(),
});
export type Finding = z.infer<typeof finding>;

export const repair = z.enum([
  /** Deletes sockets that nobody listens on and process numbers of ended processes from Gantry's folder. */
  'leftovers',
  /**
   * Deletes what is damaged of the guest image: the next start unpacks it again, or makes it again in a copy of the
   * source. Does nothing to one that only an installation brings.
   */
  'guest-image',
  /** Sets the clock of Gantry's own engine to this computer's. Fails with `vm-not-running`. */
  'clock',
  /**
   * Makes Gantry's folder writable for its owner, and writes what could not be kept before. Fails with `folder-full`,
   * `folder-read-only`, `folder-denied`, `folder-unusable` where it takes no files even then.
   */
  'data-folder',
  /** Makes the docker command use the engine that Gantry uses. */
  'docker-command',
  /** Goes back to the first settings; the old file stays beside the new one. The VM's disk stays where it is. */
  'settings',
]);
export type Repair = z.infer<typeof repair>;

export const logSource = z.enum(['gantry', 'vm', 'serial']);
export type LogSource = z.infer<typeof logSource>;

const ownLogLine = z.object({
  /** Null where the line itself tells no time. */
  at: instant.nullable(),
  level: z.enum(['info', 'warning', 'error']),
  text: z.string(),
});
export type OwnLogLine = z.infer<typeof ownLogLine>;

const reportFile = z.object({ name: z.string(), title: z.string(), text: z.string() });
export type ReportFile = z.infer<typeof reportFile>;

const report = z.object({
  /** Names this report in saveReport; only the newest four are remembered. */
  id: z.string(),
  files: z.array(reportFile),
  /** How often each kind of thing was taken out; in the text `‹password›` and the like stand in its place. */
  hidden: z.array(z.object({ what: z.string(), count: z.number() })),
  /** Where it would be saved if the user names no other folder. */
  folder: z.string(),
});
export type Report = z.infer<typeof report>;

export const crashedPart = z.enum([
  /** What the window shows. */
  'page',
  /** The process that speaks with the engine. */
  'backend',
  /** The program that holds the window and the tray, or `gantry serve`. */
  'main',
]);
export type CrashedPart = z.infer<typeof crashedPart>;

const crashReport = z.object({
  at: instant,
  part: crashedPart,
  /** Time, versions, reason and the log's last lines; secrets and names are taken out. */
  text: z.string(),
});
export type CrashReport = z.infer<typeof crashReport>;

export const diagnosticsContract = {
  /**
   * All checks first by name, then what each found, as it ends. The stream ends with the last one. Each has a time
   * limit of its own. `network` allows to ask Docker Hub, which is left out otherwise. `first` looks only at what
   * matters before an engine is chosen, at the needs of Gantry's own and at the one that is there.
   */
  run: procedure
    .input(z.object({ network: z.boolean(), first: z.boolean() }))
    .output(
      eventIterator(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('begun'), checks: z.array(finding.pick({ id: true, title: true })) }),
          z.object({ type: z.literal('found'), finding }),
        ]),
      ),
    ),
  /** Fails with `no-docker-context` and `no-docker-command` where the docker command cannot be led there. */
  fix: procedure.input(z.object({ repair })).output(z.void()),
  /** The newest `lines` first, oldest of them first, then each new batch. */
  log: procedure
    .input(z.object({ source: logSource, lines: z.number().int().min(0).max(5000) }))
    .output(eventIterator(z.array(ownLogLine))),
  /** Reports of crashes, the newest first; the newest ten are kept. */
  crashes: procedure.output(z.array(crashReport)),
  /** The newest crash that nobody was told of, null when there is none. Asking is being told. */
  newCrash: procedure.output(crashReport.nullable()),
  /** Runs the checks (without Docker Hub) and gathers what helps another person; secrets and names are taken out. */
  report: procedure.output(report),
  /**
   * Writes the named files of a report, byte for byte what was shown, into one archive in this folder. The archive is
   * new; nothing is replaced. Fails with `report-gone`, `report-folder`.
   */
  saveReport: procedure
    .input(z.object({ id: z.string(), files: z.array(z.string()).min(1), folder: z.string() }))
    .output(z.object({ path: z.string() })),
};
