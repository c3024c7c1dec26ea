import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckId, Finding } from '#contract';
import type { TestEngine } from '../../../harness/engine';
import { run } from '../../../harness/run';
import type { ServedBackend } from '../served-backend';

/** What the faults are made with. */
export interface Stage {
  engine: TestEngine;
  /** A page's connection to a Gantry that uses this engine. */
  served: ServedBackend;
  /** Gantry's home. */
  home: string;
  /** Deleted at the end. */
  folder: string;
}

/** Makes its check fail, carries out what the button does, and sees it fine. */
export type Repair = (stage: Stage) => Promise<void>;

/** What a check finds now. @param first as before an engine is chosen, when Gantry's own matters, too */
export async function look({ served }: Stage, id: CheckId, first = false): Promise<Finding> {
  for await (const event of await served.client.diagnostics.run({ network: false, first })) {
    if (event.type === 'found' && event.finding.id === id) return event.finding;
  }
  throw new Error(`The check ${id} found nothing`);
}

/** Does what the page does when the button is pressed; a command that was copied is pasted into a shell. */
export async function press({ served }: Stage, { id, fix }: Finding, env = process.env): Promise<void> {
  if (fix?.kind === 'call') await served.call(fix.procedure.split('.'), fix.input);
  else if (fix?.kind === 'copy') await run('/bin/sh', ['-ec', fix.text], { env });
  else throw new Error(`${id} has no button that changes anything: ${JSON.stringify(fix)}`);
}

/** Runs `work` with these variables; those that are undefined are not set. */
export async function withVariables(
  variables: Record<string, string | undefined>,
  work: () => Promise<void>,
): Promise<void> {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
  const set = (all: typeof variables) => {
    for (const [name, value] of Object.entries(all)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
  set(variables);
  try {
    await work();
  } finally {
    set(before);
  }
}

/** A new folder of programs that stand in for the system's, by name; `sudo` does without a password. */
export function programs({ folder }: Stage, scripts: Record<string, string>): string {
  const bin = mkdtempSync(join(folder, 'bin-'));
  for (const [name, script] of Object.entries({ sudo: 'exec "$@"', ...scripts })) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

/** A new home of a Gantry with these settings. */
export function newHome({ folder }: Pick<Stage, 'folder'>, settings: object): string {
  const home = mkdtempSync(join(folder, 'home-'));
  mkdirSync(join(home, 'docker-cli'));
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ version: 1, settings }));
  return home;
}

/** Some group of this computer that is not root's. */
export function aGroup(): { name: string; id: number } {
  for (const line of readFileSync('/etc/group', 'utf8').split('\n')) {
    const [name = '', , id = '0'] = line.split(':');
    if (Number(id) > 0 && Number(id) < 1000 && /^[\w.-]+$/.test(name)) return { name, id: Number(id) };
  }
  throw new Error('This computer has no other group than root’s');
}

export const newFolder = () => mkdtempSync(join(tmpdir(), 'gantry-repairs-'));
