import { existsSync, readFileSync, renameSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Settings } from '#contract';
import { settings as settingsSchema } from '#contract/app';
import { ProblemError } from '#contract/problem';
import { defaultVmSettings } from '#vm/host';
import { writeAtomically } from './atomic-file';
import { folderTrouble } from './data-folder';

/** Of the file. */
export const currentVersion = 1;

const defaults: Settings = {
  onboarding: 'welcome',
  lessons: {},
  dismissedTerms: [],
  engineChoice: 'found',
  engineHost: null,
  registries: [],
  hiddenSources: [],
  letterShortcuts: true,
  closeTo: 'tray',
  toldOfTray: false,
  globalShortcut: false,
  openWindow: true,
  monoFont: '',
  monoSize: 12,
  notifications: { pulls: true, crashes: true, unhealthy: true, diskFull: true },
  // Nothing is asked for that the user does not want.
  updates: 'off',
  vm: defaultVmSettings(),
};

/** Where there is a file, Gantry was started before, however little of it is known. */
const known = { ...defaults, onboarding: 'done' as const };

const file = z.object({ version: z.number().int(), settings: z.record(z.string(), z.unknown()) });

/** Brings the settings of an older Gantry up by one version each. None is needed yet. */
const migrations: Record<number, (old: Record<string, unknown>) => Record<string, unknown>> = {};

/** The file is fine, but this Gantry is too old for it. */
export class NewerFile extends Error {
  constructor(version: number) {
    super(`It was written by a newer Gantry (settings version ${version}, this one knows ${currentVersion})`);
  }
}

/** The settings that a file names, brought up to date but not checked. Throws SyntaxError, ZodError, NewerFile. */
export function namedIn(text: string): Record<string, unknown> {
  const { version, settings } = file.parse(JSON.parse(text));
  if (version > currentVersion) throw new NewerFile(version);
  let migrated = settings;
  for (let from = version; from < currentVersion; from += 1)
    migrated = migrations[from]?.(migrated) ?? migrated;
  return migrated;
}

/** `base` with what a file names in its place. Throws ZodError. */
export function withFile(base: Settings, named: Record<string, unknown>): Settings {
  const vm = typeof named.vm === 'object' ? named.vm : {};
  const told = typeof named.notifications === 'object' ? named.notifications : {};
  return settingsSchema.parse({
    ...base,
    ...named,
    notifications: { ...base.notifications, ...told },
    vm: { ...base.vm, ...vm },
  });
}

const notKept = (folder: string, error: unknown) => {
  const trouble = folderTrouble(folder);
  return new ProblemError({
    code: trouble?.code ?? 'settings-not-kept',
    title: 'Your change could not be kept',
    explanation: trouble
      ? `${trouble.title}. ${trouble.explanation}`
      : 'It holds until Gantry ends. The system’s words are below.',
    actions: trouble?.actions ?? [{ kind: 'retry', label: 'Try again' }],
    detail: String(error),
  });
};

/** What the user chose, kept in settings.json. */
export class SettingsStore {
  #now: Settings = defaults;
  #notice: string | null = null;
  readonly #path: string;
  #writing: Promise<void> = Promise.resolve();
  /** What was changed while a file is there that can neither be read nor be put aside; null while there is none. */
  #meanwhile: Partial<Settings> | null = null;
  /** What was changed is not on the disk. */
  #unkept = false;
  readonly #listeners = new Set<() => void>();

  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, 'settings.json');
    this.#load();
  }

  /** Why defaults are in use although there is a file; null when all is well. */
  get notice(): string | null {
    return this.#notice;
  }

  get now(): Settings {
    return this.#now;
  }

  /** Calls `listener` after each change, until the returned function ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Applies at once and resolves when it is on disk.
   * @throws ProblemError when it cannot be kept; it then holds until Gantry ends, or `keep` has more luck
   */
  async change(change: Partial<Settings>): Promise<Settings> {
    this.#now = settingsSchema.parse({ ...this.#now, ...change });
    if (this.#meanwhile) Object.assign(this.#meanwhile, change);
    this.#tell();
    await this.#write();
    return this.#now;
  }

  /**
   * Reads what could not be read, and writes what could not be kept before, or is gone with its folder.
   * @throws ProblemError
   */
  async keep(): Promise<void> {
    if (this.#unkept || this.#meanwhile || !existsSync(this.#path)) await this.#write();
  }

  async #write(): Promise<void> {
    // One write after the other, so that the last change is what stays.
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(() => {
        if (this.#meanwhile) this.#catchUp(this.#meanwhile);
        const content = { version: currentVersion, settings: this.#now };
        return writeAtomically(this.#path, `${JSON.stringify(content, null, 2)}\n`);
      });
    try {
      await this.#writing;
      this.#unkept = false;
    } catch (error) {
      this.#unkept = true;
      throw notKept(this.#folder, error);
    }
  }

  /** Before a file that could not be read is written over: it may be readable by now, and then it counts. */
  #catchUp(changes: Partial<Settings>): void {
    this.#meanwhile = null;
    const isSafe = this.#load();
    this.#now = settingsSchema.parse({ ...this.#now, ...changes });
    if (isSafe) {
      this.#tell();
      return;
    }
    this.#meanwhile = changes;
    throw new Error(`${this.#path} can neither be read nor be put aside`);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Goes back to the first settings, and keeps the file as it was beside it. The VM's disk stays as it is. */
  async forget(): Promise<void> {
    await this.keepAside();
    const { diskFolder, diskGiB } = this.#now.vm;
    // Whoever forgets settings has taken the first steps, and has learned what was learned.
    const { lessons, dismissedTerms } = this.#now;
    await this.change({ ...known, lessons, dismissedTerms, vm: { ...known.vm, diskFolder, diskGiB } });
  }

  /** Keeps the file as it is beside it, before much of it changes. */
  async keepAside(): Promise<void> {
    if (!existsSync(this.#path)) return;
    await copyFile(this.#path, `${this.#path.slice(0, -'.json'.length)}.before-${Date.now()}.json`);
  }

  /** Takes what is in the file, and puts one aside that cannot be read. @returns whether it may be written over now */
  #load(): boolean {
    this.#notice = null;
    try {
      this.#now = withFile(known, namedIn(readFileSync(this.#path, 'utf8')));
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true;
      this.#now = known;
      const aside = this.#putAside();
      if (aside === null) this.#meanwhile = {};
      const becomes =
        aside === null
          ? 'The file stays as it is, and counts again once it can be read.'
          : `The file was kept as ${aside}.`;
      const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      this.#notice = `The settings file could not be read, so Gantry started with its defaults. ${becomes} ${why}`;
      return aside !== null;
    }
  }

  /** @returns the file's name then; null where it cannot be renamed */
  #putAside(): string | null {
    const aside = `${this.#path.slice(0, -'.json'.length)}.broken-${Date.now()}.json`;
    try {
      renameSync(this.#path, aside);
      return basename(aside);
    } catch {
      return null;
    }
  }
}
