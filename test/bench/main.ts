import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { eventToView } from './event-to-view';
import type { Figure } from './figure';
import { firstPaint } from './first-paint';
import type { Group } from './group';
import { idle } from './idle';
import { list } from './list';
import { log } from './log';
import { tray, whyNoTray } from './tray';
import { vmGroups } from './vm/index';

const groups: Group[] = [
  { names: ['event-to-view'], measure: eventToView },
  { names: ['first-paint'], measure: firstPaint },
  { names: ['list-1000', 'filter-1000', 'scroll-1000'], measure: list },
  { names: ['log-newest', 'log-search', 'log-memory'], measure: log },
  { names: ['idle-calls', 'idle-memory', 'idle-cpu', 'idle-cpu-five'], measure: idle },
  { names: ['tray-cpu', 'tray-calls', 'tray-memory'], measure: tray, whyNot: whyNoTray },
  ...vmGroups,
];

const namesOf = (some: Group[]) => some.flatMap(({ names }) => names);
const known = namesOf(groups);

function readArguments(args: string[]): { names: string[]; file: string | null } {
  const at = args.indexOf('--json');
  const file = at < 0 ? null : (args[at + 1] ?? null);
  const given = at < 0 ? args : args.filter((_, index) => index !== at && index !== at + 1);
  const names = given.flatMap((name) => (name === 'vm' ? namesOf(vmGroups) : [name]));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`No benchmark is called ${unknown.join(', ')}. There are: vm, ${known.join(', ')}`);
  if (at >= 0 && file === null) throw new Error('--json needs the path of a file');
  return { names: names.length > 0 ? names : known, file };
}

function inWords(name: string, { median, p95, unit, runs, beside = {}, note }: Figure): string {
  const others = Object.entries(beside).map(([what, it]) => `; ${what} ${it.median} (p95 ${it.p95})`);
  const words = note ? ` ${note}` : '';
  return `${name.padEnd(16)} ${median} ${unit} (p95 ${p95}, ${runs} runs${others.join('')})${words}`;
}

/** `npm run bench -- [NAME… | vm] [--json FILE]`; GANTRY_BENCH_SECONDS: how long the closed window is watched */
export async function main(args: string[]): Promise<void> {
  const { names, file } = readArguments(args);
  console.log(`${cpus().length} cores, ${Math.round(totalmem() / 1e9)} GB, ${cpus()[0]?.model ?? ''}`);
  const found: Record<string, Figure> = {};
  for (const group of groups) {
    if (!group.names.some((name) => names.includes(name))) continue;
    const obstacle = group.whyNot?.();
    if (obstacle) {
      console.log(`${group.names.join(', ')}: not measured, ${obstacle}`);
      continue;
    }
    for (const [name, figure] of Object.entries(await group.measure())) {
      found[name] = figure;
      console.log(`${inWords(name, figure)}, load ${loadavg()[0]?.toFixed(1)}`);
    }
  }
  if (file) await writeFile(file, `${JSON.stringify(found, null, 2)}\n`);
}
