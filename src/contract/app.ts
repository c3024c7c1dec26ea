import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { instant, procedure } from './base';
import { noticeKind } from './desktop';
import { problem } from './problem';
import { vmSettings } from './vm';

/** Something that happened to the engine's objects, whoever did it. Newest last. */
export const activityEntry = z.object({
  id: z.string(),
  /** Docker host of the engine in which it happened: the shown one, or the one that is connected beside it. */
  engine: z.string(),
  at: instant,
  kind: z.enum(['container', 'image', 'volume', 'network', 'engine']),
  /** `start`, `die`, `pull`, … in the engine's words; `oom` and a `die` with an exit code other than 0 are failures. */
  action: z.string(),
  /** "Started docs-preview", "import-job ran out of memory". */
  title: z.string(),
  failed: z.boolean(),
  /** Somebody had asked for it: a stop, a kill. */
  asked: z.boolean(),
  target: z.string(),
});
export type ActivityEntry = z.infer<typeof activityEntry>;

/** What is kept between starts. Each key says what it does; all apply at once. */
export const settings = z.object({
  /** Where the first steps of a new user are; `done` once they are finished or skipped. */
  onboarding: z.enum(['welcome', 'engine', 'container', 'done']),
  /** Steps that were passed of each lesson, by its id. */
  lessons: z.record(z.string(), z.number().int().min(0)),
  /** Words whose explanation (the small "?") the user has dismissed. */
  dismissedTerms: z.array(z.string()),
  /** Which engine Gantry works with: one that is already there, or that of its own VM. */
  engineChoice: z.enum(['found', 'vm']),
  /** Docker host to use while `engineChoice` is `found`; null looks for one. */
  engineHost: z.string().nullable(),
  registries: z.array(z.object({ host: z.string(), name: z.string(), insecure: z.boolean() })),
  /** Sources that Discover does not ask: `hub`, `quay` or a registry's host. */
  hiddenSources: z.array(z.string()),
  /** Single letters in lists (S, L, T, …). */
  letterShortcuts: z.boolean(),
  /** What closing the window does. Where there is no tray, it always quits. */
  closeTo: z.enum(['tray', 'quit']),
  /** Whether the user was told that Gantry goes on in the tray; told once. */
  toldOfTray: z.boolean(),
  /** Ctrl Shift G (⌘ ⇧ G) shows the window, whichever program has the keyboard. */
  globalShortcut: z.boolean(),
  /** Whether a start opens the window; else Gantry waits in the tray, where there is one. Counts from the next start. */
  openWindow: z.boolean(),
  /** Font of terminals and logs, by its name on this computer; empty is Gantry's own. */
  monoFont: z.string().max(80),
  /** Size of that font, in pixels. */
  monoSize: z.number().int().min(10).max(20),
  /** What the desktop tells while the window has not the keyboard. */
  notifications: z.record(noticeKind, z.boolean()),
  /**
   * Whether Gantry looks for a newer version of itself once a day: not at all, to tell of it, or to download it, too.
   * For the window alone.
   */
  updates: z.enum(['off', 'tell', 'download']),
  /** What Gantry's VM may take and do; each key says when it applies. */
  vm: vmSettings,
});
export type Settings = z.infer<typeof settings>;

/** One setting that an import would change. Its values are those of `settings`; of an older file, brought up to date. */
export const settingChange = z.object({
  /** `closeTo`, `notifications.pulls`, `vm.memoryMiB`. */
  key: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type SettingChange = z.infer<typeof settingChange>;

/** The text of a file of settings: an export, or a settings.json that was kept aside. */
const settingsFile = z.object({ text: z.string().max(1_000_000) });

export const appContract = {
  info: procedure.output(
    z.object({
      version: z.string(),
      platform: z.enum(['linux', 'darwin', 'win32']),
      /** In image notation: `amd64`, `arm64`. */
      arch: z.string(),
      dataFolder: z.string(),
      /** What went wrong at the start: a settings file that was set aside, a folder that takes no files. */
      problems: z.array(problem),
    }),
  ),
  /** The newest 100 first as one batch, then each new one. */
  activity: procedure.output(eventIterator(z.array(activityEntry))),
  settings: procedure.output(settings),
  changeSettings: procedure.input(settings.partial()).output(settings),
  /**
   * The settings as JSON to take along. Left out are passwords in addresses, and what belongs to this computer and its
   * user alone: the place and size of the VM's disk, the first steps, lessons.
   */
  exportSettings: procedure.output(z.object({ name: z.string(), text: z.string() })),
  /**
   * What importing this file would change, and which of its keys this Gantry does not know. Changes nothing. What an
   * export leaves out is left as it is, and so is what the file does not name. Fails with `settings-file-unreadable`,
   * `settings-file-newer`, `settings-file-invalid`.
   */
  previewSettings: procedure
    .input(settingsFile)
    .output(z.object({ changes: z.array(settingChange), unknown: z.array(z.string()) })),
  /** Changes all of it at once, or fails like `previewSettings` and changes nothing. Gives the settings from before. */
  importSettings: procedure.input(settingsFile).output(settings),
};
