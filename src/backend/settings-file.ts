import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { SettingChange, Settings } from '#contract';
import { settings as settingsSchema } from '#contract/app';
import { ProblemError } from '#contract/problem';
import { currentVersion, NewerFile, namedIn, withFile } from './settings';

type Plain = Record<string, unknown>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What belongs to this computer and its user: how far the first steps are, and the disk, which only moves and grows. */
const ownKeys = ['onboarding', 'lessons', 'toldOfTray'] as const;
const ownVmKeys = ['diskFolder', 'diskGiB'] as const;

const without = (from: Plain, keys: readonly string[]): Plain =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key)));

/** A user's name may be part of an address, as in ssh://me@server; after its colon comes a password. */
const withoutPassword = (text: string) => text.replace(/^(\w[\w+.-]*:\/\/[^\s/:@]*):[^\s/]*@/, '$1@');

/** The same value without the passwords in its addresses. */
function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return withoutPassword(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]));
}

/** An address that only lacks its password is the one that is here. */
function withSecretsOf(now: Plain, next: Plain): Plain {
  const known = (key: string, value: unknown) => {
    const here = now[key];
    if (isPlain(here) && isPlain(value)) return withSecretsOf(here, value);
    return typeof value === 'string' && withoutSecrets(here) === value ? here : value;
  };
  return Object.fromEntries(Object.entries(next).map(([key, value]) => [key, known(key, value)]));
}

/** The settings to take along, as the text of a file. */
export function exportedSettings(now: Settings): string {
  const settings = withoutSecrets({ ...without(now, ownKeys), vm: without(now.vm, ownVmKeys) });
  return `${JSON.stringify({ version: currentVersion, settings }, null, 2)}\n`;
}

const refuse = (code: string, title: string, explanation: string, detail?: string) =>
  new ProblemError({ code, title, explanation, actions: [], ...(detail === undefined ? {} : { detail }) });

function read(text: string, now: Settings) {
  const named = namedIn(text);
  const unknown = [
    ...Object.keys(without(named, Object.keys(settingsSchema.shape))),
    ...(isPlain(named.vm)
      ? Object.keys(without(named.vm, Object.keys(now.vm))).map((key) => `vm.${key}`)
      : []),
  ];
  const wanted = {
    ...without(named, ownKeys),
    ...(isPlain(named.vm) ? { vm: without(named.vm, ownVmKeys) } : {}),
  };
  return { after: withFile(now, withSecretsOf(now, wanted)), unknown };
}

/**
 * The settings as they would be after an import of this file, and the keys of it that this Gantry does not know.
 * Fails with a problem that says what is wrong with the file.
 */
export function importedSettings(text: string, now: Settings): { after: Settings; unknown: string[] } {
  try {
    return read(text, now);
  } catch (error) {
    if (error instanceof NewerFile) {
      throw refuse(
        'settings-file-newer',
        'This file is from a newer Gantry',
        'This Gantry is too old to understand it, so nothing was changed. Update Gantry, then import the file again.',
        error.message,
      );
    }
    if (error instanceof z.ZodError) {
      throw refuse(
        'settings-file-invalid',
        'This file has settings that Gantry cannot use',
        'Nothing was changed. Correct what is named below, or choose a file that Gantry has exported.',
        z.prettifyError(error),
      );
    }
    throw refuse(
      'settings-file-unreadable',
      'This is not a file of Gantry’s settings',
      'It is no JSON, so nothing was changed. Choose a file that Gantry has exported.',
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** Which settings differ; those that consist of several, one by one. */
export function settingChanges(before: Settings, after: Settings): SettingChange[] {
  const groups = ['vm', 'notifications'] as const;
  const of = (one: Plain, other: Plain, prefix: string) =>
    Object.keys(other)
      .filter((key) => !isDeepStrictEqual(one[key], other[key]))
      .map((key) => ({ key: `${prefix}${key}`, before: one[key], after: other[key] }));
  return [
    ...of(without(before, groups), without(after, groups), ''),
    ...groups.flatMap((group) => of(before[group], after[group], `${group}.`)),
  ];
}
